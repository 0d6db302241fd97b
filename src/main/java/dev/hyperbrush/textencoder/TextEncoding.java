package dev.hyperbrush.textencoder;

import dev.hyperbrush.tensor.Tensor;
import java.util.Optional;

/**
 * What a text encoder makes of a batch of prompts.
 *
 * @param hiddenStates {@code [batch, 77, hidden]}, with the final layer norm where the model was
 *     trained so
 * @param pooled {@code [batch, projection]}, projected; only encoders with a projection have it
 */
public record TextEncoding(Tensor hiddenStates, Optional<Tensor> pooled) {}

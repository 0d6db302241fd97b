package dev.hyperbrush.denoiser;

import dev.hyperbrush.tensor.Tensor;
import java.util.Optional;

/**
 * What steers the denoiser, one row per picture.
 *
 * @param promptEmbeds {@code [batch, tokens, crossAttention]}
 * @param added what SDXL is told beside; models before it know nothing of the kind
 */
public record Conditioning(Tensor promptEmbeds, Optional<AddedConditioning> added) {}

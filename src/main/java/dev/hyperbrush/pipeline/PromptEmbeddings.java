package dev.hyperbrush.pipeline;

import dev.hyperbrush.tensor.Tensor;
import java.util.Optional;

/**
 * One prompt as the text encoders understand it.
 *
 * @param promptEmbeds {@code [1, 77, crossAttention]}: of all encoders, side by side
 * @param pooledPromptEmbeds {@code [1, projection]}: of SDXL's second encoder
 */
public record PromptEmbeddings(Tensor promptEmbeds, Optional<Tensor> pooledPromptEmbeds) {
  /**
   * What an absent negative prompt is to models trained with {@code force_zeros_for_empty_prompt}.
   */
  PromptEmbeddings zeros() {
    return new PromptEmbeddings(
        Tensor.zeros(promptEmbeds.shape()),
        pooledPromptEmbeds.map(pooled -> Tensor.zeros(pooled.shape())));
  }
}

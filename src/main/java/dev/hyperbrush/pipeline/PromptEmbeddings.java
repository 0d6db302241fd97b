package dev.hyperbrush.pipeline;

import dev.hyperbrush.tensor.Tensor;

/**
 * One prompt as the text encoders understand it.
 *
 * @param promptEmbeds {@code [1, 77, crossAttention]}: both encoders side by side
 * @param pooledPromptEmbeds {@code [1, projection]}: of the second encoder
 */
public record PromptEmbeddings(Tensor promptEmbeds, Tensor pooledPromptEmbeds) {
  /**
   * What an absent negative prompt is to models trained with {@code force_zeros_for_empty_prompt}.
   */
  PromptEmbeddings zeros() {
    return new PromptEmbeddings(
        Tensor.zeros(promptEmbeds.shape()), Tensor.zeros(pooledPromptEmbeds.shape()));
  }
}

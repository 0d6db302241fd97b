package dev.hyperbrush.textencoder;

import dev.hyperbrush.generation.Cancellation;

/** Turns token ids into hidden states. Owned by one thread. */
public interface TextEncoder extends AutoCloseable {
  /**
   * Encodes a batch of prompts.
   *
   * @param inputIds {@code [batch][77]}, with start, end and padding
   * @param clipSkip 0 for the layer that the model was trained with, 1 for the one before it, and
   *     so on (as diffusers counts)
   */
  TextEncoding encode(int[][] inputIds, int clipSkip, Cancellation cancellation);

  @Override
  void close();
}

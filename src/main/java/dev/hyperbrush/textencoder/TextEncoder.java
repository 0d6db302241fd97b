package dev.hyperbrush.textencoder;

import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.tensor.Tensor;

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

  /** Length of the vectors that may stand for tokens; 0 where none can. */
  default int embeddingSize() {
    return 0;
  }

  /**
   * As {@link #encode(int[][], int, Cancellation)}, with vectors that take the place of token
   * embeddings.
   *
   * @param inputIds an id below 0 stands for row {@code -1 - id} of the vectors
   * @param vectors {@code [rows, embeddingSize]}
   */
  default TextEncoding encode(
      int[][] inputIds, Tensor vectors, int clipSkip, Cancellation cancellation) {
    throw new UnsupportedOperationException("this text encoder takes no vectors");
  }

  @Override
  void close();
}

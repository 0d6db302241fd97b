package dev.hyperbrush.pipeline;

import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.tensor.Tensor;
import dev.hyperbrush.textencoder.TextEncoder;
import dev.hyperbrush.textencoder.TextEncoding;

/** A text encoder that is opened when it is called. Owned by one thread. */
record HeldTextEncoder(Held<TextEncoder> held) implements TextEncoder {
  @Override
  public TextEncoding encode(int[][] inputIds, int clipSkip, Cancellation cancellation) {
    return held.get().encode(inputIds, clipSkip, cancellation);
  }

  @Override
  public int embeddingSize() {
    return held.get().embeddingSize();
  }

  @Override
  public TextEncoding encode(
      int[][] inputIds, Tensor vectors, int clipSkip, Cancellation cancellation) {
    return held.get().encode(inputIds, vectors, clipSkip, cancellation);
  }

  @Override
  public void close() {
    held.close();
  }
}

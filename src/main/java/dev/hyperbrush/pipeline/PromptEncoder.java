package dev.hyperbrush.pipeline;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.tensor.Tensor;
import dev.hyperbrush.textencoder.TextEncoder;
import dev.hyperbrush.textencoder.TextEncoding;
import dev.hyperbrush.tokenizer.ClipTokenizer;
import dev.hyperbrush.tokenizer.TokenizedPrompt;

/**
 * SDXL's pair of text encoders behind one method. Remembers recent prompts, since people draw the
 * same prompt again with other seeds. Owned by one thread.
 */
final class PromptEncoder implements AutoCloseable {
  /** At SDXL's sizes an entry takes 0.6 MB. */
  private static final int REMEMBERED_PROMPTS = 64;

  private final Half first;
  private final Half second;
  private final Cache<Key, PromptEmbeddings> remembered =
      Caffeine.newBuilder().maximumSize(REMEMBERED_PROMPTS).executor(Runnable::run).build();

  /** A tokenizer and the encoder that reads its ids; the second one's encoder has a projection. */
  record Half(ClipTokenizer tokenizer, TextEncoder encoder) {}

  private record Key(String prompt, int clipSkip) {}

  PromptEncoder(Half first, Half second) {
    this.first = first;
    this.second = second;
  }

  PromptEmbeddings encode(String prompt, int clipSkip, Cancellation cancellation) {
    Key key = new Key(prompt, clipSkip);
    PromptEmbeddings known = remembered.getIfPresent(key);
    if (known != null) {
      return known;
    }
    PromptEmbeddings fresh =
        join(
            first.encoder.encode(ids(first, prompt), clipSkip, cancellation),
            second.encoder.encode(ids(second, prompt), clipSkip, cancellation));
    remembered.put(key, fresh);
    return fresh;
  }

  /** How the prompt is read, to tell whether its end was cut. */
  TokenizedPrompt tokenize(String prompt) {
    return first.tokenizer.encode(prompt);
  }

  private static int[][] ids(Half half, String prompt) {
    return new int[][] {half.tokenizer.encode(prompt).ids()};
  }

  private static PromptEmbeddings join(TextEncoding left, TextEncoding right) {
    return new PromptEmbeddings(
        sideBySide(left.hiddenStates(), right.hiddenStates()),
        right
            .pooled()
            .orElseThrow(() -> new IllegalStateException("text_encoder_2 has no projection")));
  }

  /** {@code [1, tokens, a]} and {@code [1, tokens, b]} to {@code [1, tokens, a + b]}. */
  private static Tensor sideBySide(Tensor left, Tensor right) {
    int tokens = left.dim(1);
    int a = left.dim(2);
    int b = right.dim(2);
    Tensor joined = Tensor.zeros(1, tokens, a + b);
    for (int token = 0; token < tokens; token++) {
      System.arraycopy(left.data(), token * a, joined.data(), token * (a + b), a);
      System.arraycopy(right.data(), token * b, joined.data(), token * (a + b) + a, b);
    }
    return joined;
  }

  @Override
  public void close() {
    first.encoder.close();
    second.encoder.close();
  }
}

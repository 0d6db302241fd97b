package dev.hyperbrush.pipeline;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.tensor.Tensor;
import dev.hyperbrush.textencoder.TextEncoder;
import dev.hyperbrush.textencoder.TextEncoding;
import dev.hyperbrush.tokenizer.ClipTokenizer;
import dev.hyperbrush.tokenizer.TokenizedPrompt;
import java.util.List;

/**
 * A model's text encoders, SDXL's pair or SD 1.5's one, behind one method. Remembers recent
 * prompts, since people draw the same prompt again with other seeds. Owned by one thread.
 */
final class PromptEncoder implements AutoCloseable {
  /** At SDXL's sizes an entry takes 0.6 MB. */
  private static final int REMEMBERED_PROMPTS = 64;

  private final List<Part> parts;
  private final Cache<Key, PromptEmbeddings> remembered =
      Caffeine.newBuilder().maximumSize(REMEMBERED_PROMPTS).executor(Runnable::run).build();

  /** A tokenizer and the encoder that reads its ids. */
  record Part(ClipTokenizer tokenizer, TextEncoder encoder) {}

  private record Key(String prompt, int clipSkip) {}

  /**
   * @param parts one or more; the pooled embedding, where there is one, is that of the last
   */
  PromptEncoder(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  PromptEmbeddings encode(String prompt, int clipSkip, Cancellation cancellation) {
    Key key = new Key(prompt, clipSkip);
    PromptEmbeddings known = remembered.getIfPresent(key);
    if (known != null) {
      return known;
    }
    PromptEmbeddings fresh =
        join(
            parts.stream()
                .map(part -> part.encoder.encode(ids(part, prompt), clipSkip, cancellation))
                .toList());
    remembered.put(key, fresh);
    return fresh;
  }

  /** How the prompt is read, to tell whether its end was cut. */
  TokenizedPrompt tokenize(String prompt) {
    return parts.getFirst().tokenizer.encode(prompt);
  }

  private static int[][] ids(Part part, String prompt) {
    return new int[][] {part.tokenizer.encode(prompt).ids()};
  }

  private static PromptEmbeddings join(List<TextEncoding> encodings) {
    return new PromptEmbeddings(
        encodings.stream()
            .map(TextEncoding::hiddenStates)
            .reduce(PromptEncoder::sideBySide)
            .orElseThrow(),
        encodings.getLast().pooled());
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
    parts.forEach(part -> part.encoder.close());
  }
}

package dev.hyperbrush.pipeline;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.tensor.Tensor;
import dev.hyperbrush.textencoder.TextEncoder;
import dev.hyperbrush.textencoder.TextEncoding;
import dev.hyperbrush.tokenizer.ClipTokenizer;
import dev.hyperbrush.tokenizer.TokenizedPrompt;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A model's text encoders, SDXL's pair or SD 1.5's one, behind one method. Remembers recent
 * prompts, since people draw the same prompt again with other seeds. Owned by one thread.
 */
final class PromptEncoder implements AutoCloseable {
  /** At SDXL's sizes an entry takes 0.6 MB. */
  private static final int REMEMBERED_PROMPTS = 64;

  private final List<Part> parts;
  private final EmbeddingFolder embeddings;
  private Map<Path, EmbeddingFolder.Entry> known = Map.of();
  private EmbeddingWords words = EmbeddingWords.NONE;
  private List<ClipTokenizer> tokenizers;
  private final Cache<Key, PromptEmbeddings> remembered =
      Caffeine.newBuilder().maximumSize(REMEMBERED_PROMPTS).executor(Runnable::run).build();

  /** A tokenizer and the encoder that reads its ids. */
  record Part(ClipTokenizer tokenizer, TextEncoder encoder) {}

  private record Key(String prompt, int clipSkip) {}

  /**
   * @param parts one or more; the pooled embedding, where there is one, is that of the last
   * @param embeddings whose names are words of prompts
   */
  PromptEncoder(List<Part> parts, EmbeddingFolder embeddings) {
    this.parts = List.copyOf(parts);
    this.embeddings = embeddings;
    this.tokenizers = this.parts.stream().map(Part::tokenizer).toList();
  }

  PromptEmbeddings encode(String prompt, int clipSkip, Cancellation cancellation) {
    learnWords();
    Key key = new Key(prompt, clipSkip);
    PromptEmbeddings before = remembered.getIfPresent(key);
    if (before != null) {
      return before;
    }
    PromptEmbeddings fresh =
        join(
            IntStream.range(0, parts.size())
                .mapToObj(i -> encode(i, prompt, clipSkip, cancellation))
                .toList());
    remembered.put(key, fresh);
    return fresh;
  }

  /** How the prompt is read, to tell whether its end was cut. */
  TokenizedPrompt tokenize(String prompt) {
    return tokenizers.getFirst().encode(prompt);
  }

  /** Why names of embeddings in a prompt are plain words. */
  List<Phrase> notices(String prompt) {
    return words.notices(prompt);
  }

  /** Embeddings come and go while the program runs. */
  private void learnWords() {
    Map<Path, EmbeddingFolder.Entry> now = embeddings.look();
    if (!now.equals(known)) {
      known = now;
      words =
          new EmbeddingWords(
              now.values(), parts.stream().map(part -> part.encoder.embeddingSize()).toList());
      tokenizers = parts.stream().map(part -> part.tokenizer.with(words.words())).toList();
      remembered.invalidateAll();
    }
  }

  private TextEncoding encode(int index, String prompt, int clipSkip, Cancellation cancellation) {
    int[] ids = tokenizers.get(index).encode(prompt).ids();
    TextEncoder encoder = parts.get(index).encoder;
    if (Arrays.stream(ids).allMatch(id -> id >= 0)) {
      return encoder.encode(new int[][] {ids}, clipSkip, cancellation);
    }
    EmbeddingWords.Picked picked = words.pick(ids, index);
    return encoder.encode(new int[][] {picked.ids()}, picked.vectors(), clipSkip, cancellation);
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

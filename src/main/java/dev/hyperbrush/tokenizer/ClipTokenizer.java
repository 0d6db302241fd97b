package dev.hyperbrush.tokenizer;

import dev.hyperbrush.tokenizer.WordSplitter.Word;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * CLIP's byte-level byte-pair tokenizer (Radford et al., arXiv 2103.00020): text to ids, the same
 * ids as transformers' {@code CLIPTokenizerFast}.
 *
 * <p>Immutable and thread-safe.
 */
public final class ClipTokenizer {
  /** Ids that a text encoder reads, start and end among them. */
  public static final int LENGTH = 77;

  private final SpecialTokens special;
  private final WordSplitter splitter;
  private final BytePairEncoder encoder;
  private final AddedWords added;

  private ClipTokenizer(SpecialTokens special, BytePairEncoder encoder, AddedWords added) {
    this.special = special;
    this.splitter = new WordSplitter(special.ids().keySet(), added);
    this.encoder = encoder;
    this.added = added;
  }

  /** The same that knows these words, and no others that were added before. */
  public ClipTokenizer with(AddedWords words) {
    return new ClipTokenizer(special, encoder, words);
  }

  /**
   * Reads a tokenizer folder of a model.
   *
   * @throws dev.hyperbrush.generation.Refusal when a file is missing or broken, with its name
   */
  public static ClipTokenizer load(Path folder) {
    return load(folder, folder);
  }

  /**
   * Reads a tokenizer folder that several text encoders share.
   *
   * @param padding the token up to the full length, whatever the folder says
   * @throws dev.hyperbrush.generation.Refusal when a file is missing or broken, with its name
   */
  public static ClipTokenizer load(Path folder, Optional<String> padding) {
    return load(folder, folder, padding);
  }

  /**
   * Reads {@code tokenizer_config.json} and {@code special_tokens_map.json} from one folder, {@code
   * vocab.json} and {@code merges.txt} from another.
   *
   * @throws dev.hyperbrush.generation.Refusal when a file is missing or broken, with its name
   */
  public static ClipTokenizer load(Path settingsFolder, Path vocabularyFolder) {
    return load(settingsFolder, vocabularyFolder, Optional.empty());
  }

  private static ClipTokenizer load(
      Path settingsFolder, Path vocabularyFolder, Optional<String> padding) {
    Map<String, Integer> ids = TokenizerFiles.vocabulary(vocabularyFolder.resolve("vocab.json"));
    SpecialTokens special = SpecialTokens.read(settingsFolder, ids, padding);
    Map<Long, Vocabulary.Merge> merges =
        TokenizerFiles.merges(vocabularyFolder.resolve("merges.txt"), ids);
    return new ClipTokenizer(
        special,
        new BytePairEncoder(new Vocabulary(ids, merges, special.unknown())),
        AddedWords.NONE);
  }

  /** The ids of the whole text, neither framed nor cut. */
  public int[] tokenize(String text) {
    return splitter.split(new PromptText(text).normalised()).stream()
        .flatMapToInt(word -> IntStream.of(ids(word)))
        .toArray();
  }

  /** The prompt between start and end, cut or padded to {@link #LENGTH} ids. */
  public TokenizedPrompt encode(String prompt) {
    PromptText text = new PromptText(prompt);
    int[] framed = new int[LENGTH];
    Arrays.fill(framed, special.padding());
    framed[0] = special.start();
    int count = 1;
    String ignoredText = "";
    for (Word word : splitter.split(text.normalised())) {
      int[] ids = ids(word);
      int fitting = Math.min(ids.length, LENGTH - 1 - count);
      System.arraycopy(ids, 0, framed, count, fitting);
      count += fitting;
      if (fitting < ids.length) {
        ignoredText = text.originalFrom(word.start());
        break;
      }
    }
    framed[count] = special.end();
    return new TokenizedPrompt(framed, ignoredText);
  }

  private int[] ids(Word word) {
    if (!word.special()) {
      return encoder.encode(word.text());
    }
    Integer id = special.ids().get(word.text());
    return id == null
        ? added.ids(word.text()).orElseGet(() -> new int[] {special.unknown()})
        : new int[] {id};
  }
}

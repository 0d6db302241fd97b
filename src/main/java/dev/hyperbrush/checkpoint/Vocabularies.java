package dev.hyperbrush.checkpoint;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Finds the vocabulary of a tokenizer for a file that brings none. Immutable. */
record Vocabularies(ModelSource source) {
  /**
   * The first folder whose vocabulary has as many words as the text encoder knows.
   *
   * @param name of the tokenizer's folder among the configuration files
   */
  Path folderFor(String name, Component textEncoder) {
    int words = textEncoder.config().integer("vocab_size", 49408, 1, Integer.MAX_VALUE);
    return Stream.concat(
            source.config().stream().map(folder -> folder.resolve(name)),
            source.tokenizers().stream())
        .filter(folder -> Files.isRegularFile(folder.resolve("merges.txt")))
        .filter(folder -> holds(folder.resolve("vocab.json"), words))
        .findFirst()
        .orElseThrow(() -> new Refusal(ReasonCode.TOKENIZER_NOT_INSTALLED, source.main()));
  }

  private static boolean holds(Path vocabulary, int words) {
    return Files.isRegularFile(vocabulary) && ModelJson.read(vocabulary).size() == words;
  }
}

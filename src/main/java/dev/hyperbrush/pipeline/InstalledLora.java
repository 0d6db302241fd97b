package dev.hyperbrush.pipeline;

import dev.hyperbrush.checkpoint.LoraFacts;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A LoRA of the library. Immutable.
 *
 * @param name what people type
 * @param bytes of the file
 * @param usualWeight for people who name none, where its maker says one
 * @param hashes know the file's
 */
public record InstalledLora(
    String name,
    Path file,
    long bytes,
    LoraFacts facts,
    OptionalDouble usualWeight,
    FileHashes hashes) {
  /** One of which nothing but its name is known. */
  public static InstalledLora named(String name) {
    return new InstalledLora(
        name, Path.of(name), 0, LoraFacts.NONE, OptionalDouble.empty(), FileHashes.none());
  }

  /** Of the file; empty until it is known, which is later when somebody has asked. */
  public Optional<String> sha256() {
    return hashes.of(file);
  }

  InstalledLora as(String otherName) {
    return new InstalledLora(otherName, file, bytes, facts, usualWeight, hashes);
  }
}

package dev.hyperbrush.pipeline;

import dev.hyperbrush.generation.IoReason;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The usual model as {@code models use} has set it, in the file {@code default-model} of the folder
 * of models, where a running bot sees it change. What the settings file names wins over it.
 */
public final class ChosenModel {
  private static final int LONGEST = 200;

  /** Its name; empty where none was set, or the file makes no sense. */
  public static Optional<String> read(Path data) {
    try {
      return Files.size(file(data)) > LONGEST
          ? Optional.empty()
          : Optional.of(Files.readString(file(data)).strip()).filter(id -> !id.isEmpty());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  public static void write(Path data, String id) {
    try {
      Files.createDirectories(data.resolve("models"));
      Files.writeString(file(data), id + "\n");
    } catch (IOException e) {
      throw notWritable(data, e);
    }
  }

  public static void clear(Path data) {
    try {
      Files.deleteIfExists(file(data));
    } catch (IOException e) {
      throw notWritable(data, e);
    }
  }

  private static Refusal notWritable(Path data, IOException e) {
    return new Refusal(Phrase.of(ReasonCode.DATA_NOT_WRITABLE, file(data), IoReason.of(e)), e);
  }

  private static Path file(Path data) {
    return data.resolve("models").resolve("default-model");
  }

  private ChosenModel() {}
}

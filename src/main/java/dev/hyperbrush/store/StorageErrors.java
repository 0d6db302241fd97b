package dev.hyperbrush.store;

import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Turns a failed write into a sentence that names the path and the remedy. */
final class StorageErrors {
  /** A disk with less room than this counts as full. */
  private static final long ROOM = 1 << 20;

  static Refusal refusal(IOException failure, Path path) {
    Phrase phrase =
        isFull(failure, path)
            ? Phrase.of(ReasonCode.STORAGE_FULL, path)
            : Phrase.of(ReasonCode.STORAGE_NOT_WRITABLE, path, reason(failure));
    return new Refusal(phrase, failure);
  }

  /** By the system's words or, as these may be in any language, by the room that is left. */
  private static boolean isFull(IOException failure, Path path) {
    // Other subclasses say what is wrong: no permission, not a directory, no such file.
    boolean unspecific =
        failure.getClass() == IOException.class || failure.getClass() == FileSystemException.class;
    return String.valueOf(failure.getMessage()).contains("No space left")
        || (unspecific && room(path) < ROOM);
  }

  private static long room(Path path) {
    Path existing = path.toAbsolutePath();
    while (existing.getParent() != null && Files.notExists(existing)) {
      existing = existing.getParent();
    }
    try {
      return Files.getFileStore(existing).getUsableSpace();
    } catch (IOException unknown) {
      return Long.MAX_VALUE;
    }
  }

  /** {@link FileSystemException} puts the path before the reason, or leaves the reason out. */
  private static String reason(IOException failure) {
    String kind = failure.getClass().getSimpleName().replace("Exception", "");
    if (failure instanceof FileSystemException named) {
      return named.getReason() == null ? kind : named.getReason();
    }
    return failure.getMessage() == null ? kind : failure.getMessage();
  }

  private StorageErrors() {}
}

package dev.hyperbrush.install;

import dev.hyperbrush.generation.IoReason;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.ToLongFunction;

/**
 * Looks for room on the disk before it runs out. Immutable.
 *
 * @param free bytes that are free where a file lies
 */
record Room(ToLongFunction<Path> free) {
  /** Left for pictures and the database. */
  static final long MARGIN = 512L << 20;

  static Room ofDisk() {
    return new Room(path -> {
      Path existing = path.toAbsolutePath();
      while (existing.getParent() != null && Files.notExists(existing)) {
        existing = existing.getParent();
      }
      return existing.toFile().getUsableSpace();
    });
  }

  /** Makes sure of room for so many bytes and the margin. */
  void require(Path file, long bytes) {
    long left = free.applyAsLong(file);
    if (bytes > 0 && left < bytes + MARGIN) {
      throw full(file, bytes + MARGIN - left, left);
    }
  }

  /**
   * Why something could not be written.
   *
   * @param rest bytes that are still to be written
   */
  Refusal refusal(IOException failure, Path file, long rest) {
    boolean unspecific =
        failure.getClass() == IOException.class || failure.getClass() == FileSystemException.class;
    if (String.valueOf(failure.getMessage()).contains("No space left")
        || (unspecific && free.applyAsLong(file) < MARGIN / 8)) {
      long left = free.applyAsLong(file);
      return full(file, Math.max(MARGIN, rest + MARGIN - left), left);
    }
    return new Refusal(
        Phrase.of(ReasonCode.DATA_NOT_WRITABLE, file, IoReason.of(failure)), failure);
  }

  private static Refusal full(Path file, long missing, long left) {
    return new Refusal(
        ReasonCode.DOWNLOAD_NO_ROOM, file, Bytes.shown(missing), Bytes.shown(Math.max(0, left)));
  }
}

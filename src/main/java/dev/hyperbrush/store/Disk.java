package dev.hyperbrush.store;

import dev.hyperbrush.generation.IoReason;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What happens when the disk is full, or cannot be written: a sentence that names the path.
 *
 * <p>H2 2.4 never comes back from a commit that finds no room (it spins in {@code
 * MVStore.registerVersionUsage}), so it is not let to find none. New work stops first, pictures
 * next, the database last: there is room to write down how a job ended.
 */
final class Disk {
  /** Free bytes below which no job is accepted or begun. */
  static final long ROOM_FOR_WORK = 64L << 20;

  /** Free bytes below which nothing is written. */
  static final long ROOM_FOR_DATABASE = 16L << 20;

  /** Makes sure of so many free bytes. */
  static void requireRoom(Path path, long bytes) {
    if (room(path) < bytes) {
      throw new Refusal(ReasonCode.STORAGE_FULL, path, room(path) >> 20);
    }
  }

  /** Why {@code path} could not be written. */
  static Refusal refusal(IOException failure, Path path) {
    Phrase phrase =
        isFull(failure, path)
            ? Phrase.of(ReasonCode.STORAGE_FULL, path, room(path) >> 20)
            : Phrase.of(ReasonCode.STORAGE_NOT_WRITABLE, path, IoReason.of(failure));
    return new Refusal(phrase, failure);
  }

  /** By the system's words or, as these may be in any language, by the room that is left. */
  private static boolean isFull(IOException failure, Path path) {
    // Other subclasses say what is wrong: no permission, not a directory, no such file.
    boolean unspecific =
        failure.getClass() == IOException.class || failure.getClass() == FileSystemException.class;
    return String.valueOf(failure.getMessage()).contains("No space left")
        || (unspecific && room(path) < ROOM_FOR_DATABASE);
  }

  private static long room(Path path) {
    Path existing = path.toAbsolutePath();
    while (existing.getParent() != null && Files.notExists(existing)) {
      existing = existing.getParent();
    }
    return existing.toFile().getUsableSpace();
  }

  private Disk() {}
}

package dev.hyperbrush.store;

import dev.hyperbrush.generation.IoReason;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.Sha256;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * Brings back what {@link Backups} has copied. Everything is unpacked and checked beside the data
 * before anything of it is touched, and what is replaced is kept. Immutable.
 *
 * @param dataFolder whose bot is not running
 */
public record Restore(Path dataFolder) {
  /** Nothing else is unpacked, so that no name leads out of the folder. */
  private static final Pattern PICTURE =
      Pattern.compile("pictures/([0-9a-f]{2})/(\\1[0-9a-f]{62})\\.png");

  /**
   * What was brought back.
   *
   * @param kept where the database that was there before is now
   */
  public record Restored(int pictures, Optional<Path> kept) {}

  /**
   * Restores a backup.
   *
   * @param replace whether a database that is there may be put aside
   * @throws Refusal when the file is no backup or is broken, or the database is in use or in the
   *     way; nothing has changed then
   */
  public Restored from(Path backup, boolean replace, Instant now) {
    Path database = dataFolder.toAbsolutePath().resolve(Backups.DATABASE);
    boolean present = Files.exists(database);
    if (present) {
      requireFree(database, replace);
    }
    Path unpacked = dataFolder.toAbsolutePath().resolve("restoring");
    try {
      delete(unpacked);
      unpack(backup, unpacked);
      Database.open(unpacked).close(); // reads it, and refuses what it cannot use
      int pictures = movePictures(unpacked);
      Optional<Path> kept = present ? Optional.of(putAside(database, now)) : Optional.empty();
      Files.createDirectories(database.getParent());
      Files.move(unpacked.resolve(Backups.DATABASE), database, StandardCopyOption.ATOMIC_MOVE);
      return new Restored(pictures, kept);
    } catch (IOException e) {
      throw Disk.refusal(e, dataFolder);
    } finally {
      deleteQuietly(unpacked);
    }
  }

  private void requireFree(Path database, boolean replace) {
    if (!replace) {
      throw new Refusal(ReasonCode.RESTORE_IN_THE_WAY, database);
    }
    try {
      Database.open(dataFolder).close();
    } catch (Refusal refusal) {
      if (refusal.code() == ReasonCode.DATABASE_IN_USE) {
        throw refusal;
      } // a damaged one is what people restore for
    }
  }

  private static void unpack(Path backup, Path folder) throws IOException {
    boolean complete = false;
    try (ZipInputStream zip = new ZipInputStream(new FileInputStream(backup.toFile()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName();
        boolean database = name.equals(Backups.DATABASE);
        if (!database && !PICTURE.matcher(name).matches()) {
          throw broken(backup, "it contains " + name);
        }
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Disk.requireRoom(folder, Disk.ROOM_FOR_WORK);
        Files.copy(zip, file);
        if (!database) {
          requireWhole(backup, file);
        }
        complete |= database;
      }
    } catch (ZipException e) {
      throw broken(backup, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      if (Files.isReadable(backup)) {
        throw e;
      }
      throw new Refusal(Phrase.of(ReasonCode.BACKUP_UNREADABLE, backup, IoReason.of(e)), e);
    }
    if (!complete) {
      throw broken(backup, "there is no database in it");
    }
  }

  private static void requireWhole(Path backup, Path picture) throws IOException {
    String name = picture.getFileName().toString();
    if (!name.equals(Sha256.of(Files.readAllBytes(picture)) + ".png")) {
      throw broken(backup, "the picture " + name + " is damaged");
    }
  }

  private static Refusal broken(Path backup, String why) {
    return new Refusal(ReasonCode.BACKUP_BROKEN, backup, why);
  }

  private int movePictures(Path unpacked) throws IOException {
    int count = 0;
    Path pictures = unpacked.resolve(Backups.PICTURES);
    if (Files.notExists(pictures)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(pictures)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        Path target = dataFolder.toAbsolutePath().resolve(unpacked.relativize(file));
        Files.createDirectories(target.getParent());
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        count++;
      }
    }
    return count;
  }

  private static Path putAside(Path database, Instant now) throws IOException {
    Path kept = database.resolveSibling("hyperbrush-before-" + now.getEpochSecond() + ".mv.db");
    // A copy: at no moment is there no database, which a start would take for a new beginning.
    return Files.copy(database, kept, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void deleteQuietly(Path folder) {
    try {
      delete(folder);
    } catch (IOException leftForTheNextTime) {
      // The next restore begins with deleting it.
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
        for (Path child : children) {
          delete(child);
        }
      }
    }
    Files.deleteIfExists(folder);
  }
}

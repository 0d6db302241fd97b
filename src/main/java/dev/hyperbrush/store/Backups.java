package dev.hyperbrush.store;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Copies of the database and all pictures, each in one zip file that {@link Restore} reads; made
 * while everything goes on. The database is copied as it is at one moment, the pictures after it:
 * one that somebody deletes meanwhile is missing, as they wanted.
 *
 * <p>Thread-safe; one copy at a time.
 */
public final class Backups {
  static final String DATABASE = "db/hyperbrush.mv.db";
  static final String PICTURES = "pictures/";

  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("'hyperbrush-'uuuu-MM-dd'T'HH-mm-ss'Z.zip'")
          .withZone(ZoneOffset.UTC);

  private final ReentrantLock one = new ReentrantLock();
  private final Database database;
  private final PictureStore pictures;
  private final Path folder;

  public Backups(Database database, PictureStore pictures) {
    this.database = database;
    this.pictures = pictures;
    this.folder = pictures.folder().resolveSibling("backups");
  }

  /**
   * A copy, whole when its file is there.
   *
   * @param pictures how many are in it
   * @param bytes of the file
   */
  public record Backup(Path file, int pictures, long bytes) {}

  /** Makes a copy in the folder {@code backups} of the data folder, named by the time. */
  public Backup make(Instant now) {
    return make(folder.resolve(NAME.format(now)));
  }

  /**
   * Makes a copy.
   *
   * @param target replaced when it is there
   * @throws Refusal when there is no room, or the database is one that is backed up elsewhere
   */
  public Backup make(Path target) {
    if (!one.tryLock()) {
      throw new Refusal(ReasonCode.BACKUP_UNDER_WAY);
    }
    try {
      Path file = target.toAbsolutePath();
      Files.createDirectories(file.getParent());
      Path part = file.resolveSibling(file.getFileName() + ".part");
      try {
        int count = write(part);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        return new Backup(file, count, Files.size(file));
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw Disk.refusal(e, target.toAbsolutePath());
    } finally {
      one.unlock();
    }
  }

  private int write(Path part) throws IOException {
    Path copy = part.resolveSibling(part.getFileName() + ".db");
    try (FileOutputStream out = new FileOutputStream(part.toFile());
        ZipOutputStream zip = new ZipOutputStream(out)) {
      database.copyTo(copy);
      zip.putNextEntry(new ZipEntry(DATABASE));
      copyDatabase(copy, zip);
      zip.closeEntry();
      zip.setLevel(Deflater.NO_COMPRESSION); // PNGs are compressed already
      int count = addPictures(zip);
      zip.finish();
      out.getChannel().force(true);
      return count;
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  /** H2 copies itself into a zip of its own, with the one file in it. */
  private static void copyDatabase(Path copy, ZipOutputStream zip) throws IOException {
    try (ZipInputStream in = new ZipInputStream(new FileInputStream(copy.toFile()))) {
      in.getNextEntry();
      in.transferTo(zip);
    }
  }

  private int addPictures(ZipOutputStream zip) throws IOException {
    AtomicInteger count = new AtomicInteger();
    pictures.forEach(file -> count.addAndGet(add(file, zip)));
    return count.get();
  }

  /** How many it has added: none when the picture was deleted meanwhile. */
  private int add(Path file, ZipOutputStream zip) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      Disk.requireRoom(file, Disk.ROOM_FOR_WORK);
      zip.putNextEntry(new ZipEntry(PICTURES + pictures.folder().relativize(file)));
      in.transferTo(zip);
      zip.closeEntry();
      return 1;
    } catch (NoSuchFileException deleted) {
      return 0;
    }
  }
}

package dev.hyperbrush.store;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Picture files, named by their content: {@code pictures/ab/ab12...png}. Equal pictures share one
 * file. A file appears whole or not at all.
 *
 * <p>Thread-safe, except that whoever deletes a file makes sure that nobody is adding it.
 */
public final class PictureStore {
  static final String SUFFIX = ".png";

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private final Path folder;
  private final Path incoming;

  private PictureStore(Path folder) {
    this.folder = folder;
    this.incoming = folder.resolve("incoming");
  }

  /**
   * Opens {@code pictures} in the data folder and removes what a killed process left half-written.
   *
   * @throws Refusal when it cannot be written
   */
  public static PictureStore open(Path dataFolder) {
    PictureStore store = new PictureStore(dataFolder.toAbsolutePath().resolve("pictures"));
    try {
      Files.createDirectories(store.incoming);
      try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(store.incoming)) {
        for (Path leftover : leftovers) {
          Files.delete(leftover);
        }
      }
    } catch (IOException e) {
      throw Disk.refusal(e, store.folder);
    }
    return store;
  }

  /**
   * Writes a picture to the disk, not only to the system's cache.
   *
   * @return its SHA-256
   * @throws Refusal when the disk is full or cannot be written; nothing is left behind
   */
  public String add(byte[] png) {
    String sha256 = Sha256.of(png);
    Path file = path(sha256);
    try {
      if (Files.notExists(file) || Files.size(file) != png.length) {
        Disk.requireRoom(folder, Disk.ROOM_FOR_DATABASE + png.length);
        Files.createDirectories(file.getParent());
        write(png, file);
      }
    } catch (IOException e) {
      throw Disk.refusal(e, file);
    }
    return sha256;
  }

  private void write(byte[] png, Path file) throws IOException {
    Path temporary = Files.createTempFile(incoming, "", ".png");
    try {
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        ByteBuffer rest = ByteBuffer.wrap(png);
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
        channel.force(true);
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /**
   * Where the file of a picture is.
   *
   * @throws Refusal when it is not there
   */
  public Path file(Picture picture) {
    Path file = path(picture.sha256());
    if (!Files.isRegularFile(file)) {
      throw new Refusal(ReasonCode.PICTURE_MISSING, picture.index(), picture.jobId(), file);
    }
    return file;
  }

  /** Removes a file; no matter if it is not there. */
  public void delete(String sha256) {
    Path file = path(sha256);
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw Disk.refusal(e, file);
    }
  }

  private Path path(String sha256) {
    if (!SHA256.matcher(sha256).matches()) { // never a way out of the folder
      throw new IllegalArgumentException("not a SHA-256: " + sha256);
    }
    return folder.resolve(sha256.substring(0, 2)).resolve(sha256 + SUFFIX);
  }

  /** The folder of all pictures. */
  Path folder() {
    return folder;
  }

  /** Something to do with a file, which may be deleted meanwhile. */
  interface FileAction {
    void on(Path file) throws IOException;
  }

  /** Goes through the files of all pictures that were added, in no order. */
  void forEach(FileAction action) throws IOException {
    try (Stream<Path> files = Files.walk(folder, 2)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (file.getFileName().toString().endsWith(SUFFIX) && !file.startsWith(incoming)) {
          action.on(file);
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** What a file is named by. */
  static String sha256(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - SUFFIX.length());
  }
}

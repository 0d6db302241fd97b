package dev.hyperbrush.checkpoint;

import dev.hyperbrush.generation.IoReason;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A folder of safetensors files with computed weights, each under the hash of what it was computed
 * from. A file appears whole, by a rename after everything is on the disk, and is never written
 * again: sessions map it into memory. Those that nobody uses go when their room is needed, the
 * longest unused first.
 *
 * <p>Thread-safe, also where several processes share the folder.
 */
public final class FusedCache {
  private static final String ENDING = ".safetensors";

  private final Path folder;
  private final FusionSettings settings;

  /** Writes the values of all tensors to their places. */
  interface Filling {
    void writeTo(FileChannel file) throws IOException;
  }

  /**
   * A file that stays until it is closed.
   *
   * @param reused whether it lay there already
   */
  record Fused(SafetensorsFile file, boolean reused, UsedFiles.Use use) implements AutoCloseable {
    /** Whether it still lies there: people may empty the folder at any time. */
    boolean exists() {
      return Files.exists(file.path());
    }

    @Override
    public void close() {
      use.close();
    }
  }

  /**
   * A cache in a folder, which is made when it is first needed.
   *
   * @param folder holds nothing else
   */
  public FusedCache(Path folder, FusionSettings settings) {
    this.folder = folder;
    this.settings = settings;
  }

  FusionSettings settings() {
    return settings;
  }

  /**
   * The file of this key; it is made where there is none.
   *
   * @param key hexadecimal hash of everything that the values depend on
   */
  Fused obtain(String key, SafetensorsLayout layout, Filling filling) {
    try {
      Path real = Files.createDirectories(folder).toRealPath();
      UsedFiles files = UsedFiles.in(real);
      files.writing().lock();
      try {
        return obtain(files, real, key, layout, filling);
      } finally {
        files.writing().unlock();
      }
    } catch (IOException e) {
      throw new Refusal(Phrase.of(ReasonCode.DATA_NOT_WRITABLE, folder, IoReason.of(e)), e);
    }
  }

  private Fused obtain(
      UsedFiles files, Path real, String key, SafetensorsLayout layout, Filling filling)
      throws IOException {
    Path file = real.resolve(key + ENDING);
    UsedFiles.Use use = files.use(key);
    boolean opened = false;
    try {
      boolean reused = isWhole(file, layout);
      FusedRoom room = new FusedRoom(real, settings, files);
      if (!reused) {
        room.make(layout.size());
        write(file, layout, filling);
      }
      room.touch(key);
      Fused fused = new Fused(SafetensorsFile.open(file), reused, use);
      opened = true;
      return fused;
    } finally {
      if (!opened) {
        use.close();
      }
    }
  }

  private static boolean isWhole(Path file, SafetensorsLayout layout) throws IOException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      return layout.describes(in.readNBytes(layout.header().length), Files.size(file));
    }
  }

  private static void write(Path file, SafetensorsLayout layout, Filling filling)
      throws IOException {
    String name = String.valueOf(file.getFileName());
    Path part = file.resolveSibling(name + "." + UUID.randomUUID() + FusedRoom.PART);
    try {
      try (FileChannel channel =
          FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        writeAll(channel, ByteBuffer.wrap(layout.header()), 0);
        filling.writeTo(channel);
        channel.force(false);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  static void writeAll(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
    for (long next = at; bytes.hasRemaining(); ) {
      next += channel.write(bytes, next);
    }
  }
}

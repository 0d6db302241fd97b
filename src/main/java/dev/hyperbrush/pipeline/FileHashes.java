package dev.hyperbrush.pipeline;

import dev.hyperbrush.generation.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SHA-256 of large files, computed in the background when somebody asks, and kept in a folder for
 * as long as a file has the same size and time. Thread-safe.
 */
public final class FileHashes {
  private static final Logger log = LoggerFactory.getLogger(FileHashes.class);
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final int NAME_DIGITS = 32;

  private final Optional<Path> folder;
  private final Set<Path> underWay = ConcurrentHashMap.newKeySet();

  /** One file at a time: the disk is the bottleneck. */
  private final ReentrantLock reading = new ReentrantLock();

  private FileHashes(Optional<Path> folder) {
    this.folder = folder;
  }

  /** Kept in a folder that need not be there. */
  static FileHashes in(Path folder) {
    return new FileHashes(Optional.of(folder));
  }

  /** Never knows any. */
  static FileHashes none() {
    return new FileHashes(Optional.empty());
  }

  /** The hash in lower case, if it is known; if not, it soon will be. */
  Optional<String> of(Path file) {
    if (folder.isEmpty()) {
      return Optional.empty();
    }
    try {
      Path kept = kept(folder.get(), file);
      if (Files.exists(kept)) {
        return Optional.of(Files.readString(kept)).filter(hash -> SHA256.matcher(hash).matches());
      }
      if (underWay.add(file)) {
        Thread.ofVirtual().name("hash").start(() -> compute(file, kept));
      }
    } catch (IOException e) {
      log.debug("{} has no hash: {}", file, e.toString());
    }
    return Optional.empty();
  }

  private void compute(Path file, Path kept) {
    reading.lock();
    try {
      String hash = Sha256.of(file);
      Files.createDirectories(folder.orElseThrow());
      Path temporary = Files.createTempFile(folder.orElseThrow(), "", ".tmp");
      Files.writeString(temporary, hash);
      Files.move(temporary, kept, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      log.warn("The hash of {} cannot be computed: {}", file, e.toString());
    } finally {
      underWay.remove(file);
      reading.unlock();
    }
  }

  /** Named by what changes when the file does. */
  private static Path kept(Path folder, Path file) throws IOException {
    Path real = file.toRealPath();
    String key = real + "\n" + Files.size(real) + "\n" + Files.getLastModifiedTime(real).toMillis();
    return folder.resolve(Sha256.of(key).substring(0, NAME_DIGITS));
  }
}

package dev.hyperbrush.onnx;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of graphs as ONNX Runtime has optimised them, with their weights converted. Such a graph
 * opens in a second instead of half a minute, and its weights are pages of a file that the system
 * can take back, instead of memory of this process.
 *
 * <p>An entry appears by a rename, whole. The one not used for longest goes first when there are
 * too many bytes or too little room; on POSIX whoever has it open goes on with it. Whatever fails
 * here only means that a graph is optimised anew. Thread-safe, also between processes.
 */
public final class GraphCache {
  static final String GRAPH = "graph.onnx";
  static final String WEIGHTS = "graph.weights";

  private static final Logger LOG = LoggerFactory.getLogger(GraphCache.class);

  /** Holds the length of {@link #WEIGHTS}: there when an entry is whole, touched at each use. */
  private static final String LENGTH = "length";

  private static final String UNFINISHED = ".part";
  private static final String ASKED_FOR = ".asked";

  private static final Duration REMEMBERED = Duration.ofDays(30);

  private static final Duration LONGEST_WRITING = Duration.ofDays(1);

  /** Left free on the disk, for the database and pictures. */
  private static final long ROOM_FOR_OTHERS = 4L << 30;

  private final Path folder;
  private final long maxBytes;
  private final Clock clock;

  /**
   * @param folder made when it is first needed
   * @param maxBytes of all entries together; 0 for no cache
   */
  public GraphCache(Path folder, long maxBytes, Clock clock) {
    this.folder = folder;
    this.maxBytes = maxBytes;
    this.clock = clock;
  }

  /** The folder of an entry that is whole, which counts as used now. */
  Optional<Path> find(String key) {
    Path entry = folder.resolve(key);
    Path length = entry.resolve(LENGTH);
    try {
      if (!Files.exists(length)) {
        return Optional.empty();
      }
      long expected = Long.parseLong(Files.readString(length));
      if (Files.size(entry.resolve(WEIGHTS)) != expected || !Files.exists(entry.resolve(GRAPH))) {
        drop(key);
        return Optional.empty();
      }
      Files.setLastModifiedTime(length, FileTime.from(clock.instant()));
      return Optional.of(entry);
    } catch (IOException | NumberFormatException damaged) {
      LOG.debug("the optimised graph {} is left alone", entry, damaged);
      return Optional.empty();
    }
  }

  /** Whether the same was asked before: what is wanted once only is not worth the room. */
  boolean askedBefore(String key) {
    try {
      Files.createDirectories(folder);
      Files.createFile(folder.resolve(key + ASKED_FOR));
      return false;
    } catch (FileAlreadyExistsException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * A new folder to write an entry of about so many bytes into, after others have made room for it;
   * empty where there is none.
   */
  Optional<Path> begin(String key, long bytes) {
    try {
      Files.createDirectories(folder);
      deleteLeftovers();
      if (bytes > maxBytes || !makeRoom(bytes)) {
        LOG.info(
            "An optimised copy of {} MB is not kept: there is too little room in {}.",
            bytes >> 20,
            folder);
        return Optional.empty();
      }
      return Optional.of(
          Files.createDirectory(folder.resolve(key + "." + UUID.randomUUID() + UNFINISHED)));
    } catch (IOException e) {
      LOG.info("Optimised graphs cannot be kept in {}: {}", folder, e.toString());
      return Optional.empty();
    }
  }

  /** Makes an entry of what was written. */
  Optional<Path> finish(String key, Path written) {
    try {
      Path weights = written.resolve(WEIGHTS);
      force(weights);
      force(written.resolve(GRAPH));
      Files.writeString(written.resolve(LENGTH), Long.toString(Files.size(weights)));
      force(written.resolve(LENGTH));
      Files.move(written, folder.resolve(key), StandardCopyOption.ATOMIC_MOVE);
      Files.deleteIfExists(folder.resolve(key + ASKED_FOR));
    } catch (IOException e) {
      LOG.debug("the optimised graph {} is not kept, or another process was first", key, e);
      delete(written);
    }
    return find(key);
  }

  /** Gives up what was begun. */
  void abandon(Path written) {
    delete(written);
  }

  /** Forgets an entry, as one that cannot be opened. */
  void drop(String key) {
    delete(folder.resolve(key));
  }

  /** Without it a power cut could leave a whole name with half a file. */
  private static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** Also what killed processes have left: nobody writes for a day. */
  private void deleteLeftovers() throws IOException {
    deleteOlder(ASKED_FOR, REMEMBERED);
    deleteOlder(UNFINISHED, LONGEST_WRITING);
  }

  private void deleteOlder(String ending, Duration age) throws IOException {
    Instant old = clock.instant().minus(age);
    try (Stream<Path> children = Files.list(folder)) {
      for (Path child : children.filter(path -> path.toString().endsWith(ending)).toList()) {
        if (Files.getLastModifiedTime(child).toInstant().isBefore(old)) {
          delete(child);
        }
      }
    }
  }

  private boolean makeRoom(long bytes) throws IOException {
    List<Entry> entries = new ArrayList<>(entries());
    long kept = entries.stream().mapToLong(Entry::bytes).sum();
    entries.sort(Comparator.comparing(Entry::used));
    while (kept + bytes > maxBytes || !fits(bytes)) {
      if (entries.isEmpty()) {
        return false;
      }
      Entry oldest = entries.removeFirst();
      delete(oldest.folder());
      kept -= oldest.bytes();
    }
    return true;
  }

  private boolean fits(long bytes) throws IOException {
    return Files.getFileStore(folder).getUsableSpace() - ROOM_FOR_OTHERS >= bytes;
  }

  private record Entry(Path folder, FileTime used, long bytes) {}

  private List<Entry> entries() throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (Stream<Path> children = Files.list(folder)) {
      for (Path child : children.filter(Files::isDirectory).toList()) {
        Path length = child.resolve(LENGTH);
        Path dated = Files.exists(length) ? length : child;
        Path weights = child.resolve(WEIGHTS);
        entries.add(
            new Entry(
                child,
                Files.getLastModifiedTime(dated),
                Files.exists(weights) ? Files.size(weights) : 0));
      }
    }
    return entries;
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      LOG.debug("{} stays", folder, e);
    }
  }
}

package dev.hyperbrush.pipeline;

import dev.hyperbrush.checkpoint.SafetensorsFile;
import dev.hyperbrush.generation.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The files that people put into some folders, and whether each is whole already: one that is being
 * copied grows, or is as long as it will be and cut off in its header's eyes. Owned by one thread.
 */
public final class DropIns {
  /** What has not changed for so long is not being written, if it is also whole. */
  static final Duration STILL = Duration.ofSeconds(2);

  /** Nobody writes any more what has not changed for so long; if it is broken, it stays so. */
  static final Duration LEFT = Duration.ofMinutes(1);

  private static final int DEEPEST = 6;
  private static final int MOST = 100_000;
  private static final List<String> UNFINISHED =
      List.of(
          ".part", ".part.json", ".new", ".partial", ".tmp", ".download", ".crdownload", ".aria2");

  private final List<Path> folders;
  private final InstantSource clock;
  private Map<Path, Seen> files = Map.of();
  private Map<Path, Stamp> ready = Map.of();
  private Set<Path> growing = Set.of();

  /** What changes when a file does. */
  private record Stamp(long bytes, FileTime modified) {}

  /**
   * A file.
   *
   * @param since when it was found to be like this
   * @param whole whether it is what its header says, once it has been still for a while
   */
  private record Seen(Stamp stamp, Instant since, boolean whole) {
    Seen withWhole() {
      return new Seen(stamp, since, true);
    }
  }

  /**
   * Nothing is known before the first {@link #look}.
   *
   * @param folders that need not be there
   */
  public DropIns(List<Path> folders, InstantSource clock) {
    this.folders = List.copyOf(folders);
    this.clock = clock;
  }

  /** Looks at all files; true when those that are ready are not the same as before. */
  public boolean look() {
    Instant now = clock.instant();
    Map<Path, Seen> found = new HashMap<>();
    list().forEach((file, stamp) -> found.put(file, seen(file, stamp, now)));
    files = found;
    Map<Path, Stamp> nowReady = new HashMap<>();
    Set<Path> nowGrowing = new HashSet<>();
    found.forEach((file, seen) -> {
      if (isReady(seen, now)) {
        nowReady.put(file, seen.stamp());
      } else {
        nowGrowing.add(file);
      }
    });
    growing = nowGrowing;
    boolean changed = !nowReady.equals(ready);
    ready = nowReady;
    return changed;
  }

  private Seen seen(Path file, Stamp stamp, Instant now) {
    Seen before = files.get(file);
    if (before == null || !before.stamp().equals(stamp)) {
      // What was there long before is not made to wait; a time from the future tells nothing.
      Instant modified = stamp.modified().toInstant();
      return new Seen(stamp, files.isEmpty() && modified.isBefore(now) ? modified : now, false);
    }
    boolean still = !now.isBefore(before.since().plus(STILL));
    return still && !before.whole() && isWhole(file) ? before.withWhole() : before;
  }

  private static boolean isReady(Seen seen, Instant now) {
    return seen.whole() || !now.isBefore(seen.since().plus(LEFT));
  }

  private static boolean isWhole(Path file) {
    if (!name(file).endsWith(".safetensors")) {
      return true;
    }
    try {
      SafetensorsFile.open(file);
      return true;
    } catch (Refusal cutOff) {
      return false;
    }
  }

  /** Whether nothing at or below this is being written, as far as the last look has seen. */
  public boolean isReady(Path path) {
    return growing.stream().noneMatch(file -> file.startsWith(path));
  }

  /** Whether something will soon be ready. */
  public boolean isWaiting() {
    return !growing.isEmpty();
  }

  /** What cannot be read, or nobody has made yet, is not there. */
  private Map<Path, Stamp> list() {
    Map<Path, Stamp> found = new HashMap<>();
    folders.stream().filter(Files::isDirectory).forEach(folder -> list(folder, found));
    return found;
  }

  private static void list(Path folder, Map<Path, Stamp> found) {
    try {
      Files.walkFileTree(
          folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEEPEST, new Collecting(found));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT);
  }

  /** Goes through a folder, past all that cannot be read. */
  private static final class Collecting extends SimpleFileVisitor<Path> {
    private final Map<Path, Stamp> found;

    Collecting(Map<Path, Stamp> found) {
      this.found = found;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      String name = name(file);
      boolean counts = !name.startsWith(".") && UNFINISHED.stream().noneMatch(name::endsWith);
      if (counts && attributes.isRegularFile()) {
        found.put(file, new Stamp(attributes.size(), attributes.lastModifiedTime()));
      }
      return found.size() < MOST ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException e) {
      return FileVisitResult.CONTINUE;
    }
  }

  /** For messages: the files that are being written. */
  @Override
  public String toString() {
    return growing.stream().map(Path::toString).sorted().collect(Collectors.joining(", "));
  }
}

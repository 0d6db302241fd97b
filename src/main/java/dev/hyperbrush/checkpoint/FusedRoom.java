package dev.hyperbrush.checkpoint;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes room in a folder of fused weights: what processes that died left half written goes, then
 * what has not been used for longest.
 *
 * <p>Immutable. Several processes may make room in one folder at once.
 *
 * @param files knows which are in use; those stay
 */
record FusedRoom(Path folder, FusionSettings settings, UsedFiles files) {
  static final String PART = ".part";

  private static final Pattern OURS =
      Pattern.compile("([0-9a-f]{32,128})\\.safetensors(\\.[0-9a-f-]{36}\\.part)?");

  /** Empty files whose time is the last use: that of the weights themselves tells their version. */
  private static final String USED = ".used";

  private static final long USUAL_LIMIT = 30_000_000_000L;

  /** Left on the disk for everything else, above all the database. */
  private static final long RESERVE = 256L << 20;

  /** A file of ours; size and time as it was looked at. */
  private record Kept(Path file, String key, boolean half, long size, FileTime used) {}

  /**
   * Makes room for one more file.
   *
   * @throws Refusal when there is none to be had
   */
  void make(long bytes) throws IOException {
    List<Kept> kept = new ArrayList<>();
    for (Kept file : list()) {
      if (!file.half || !delete(file)) {
        kept.add(file);
      }
    }
    long held = kept.stream().mapToLong(Kept::size).sum();
    long limit = settings.maxBytes().orElse(Math.min(USUAL_LIMIT, (held + free()) / 2));
    for (Kept file : kept) {
      if (held + bytes <= limit && bytes <= free()) {
        return;
      }
      held -= delete(file) ? file.size : 0;
    }
    long left = Math.min(limit - held, free());
    if (bytes > left) {
      throw new Refusal(
          ReasonCode.FUSED_NO_ROOM, megabytes(bytes), folder, megabytes(Math.max(0, left)));
    }
  }

  /** Notes that the file of this key is used now. */
  void touch(String key) throws IOException {
    Path used = folder.resolve(key + USED);
    Files.write(used, new byte[0]);
    Files.setLastModifiedTime(used, FileTime.from(Instant.now()));
  }

  private FileTime used(Path file, String key) throws IOException {
    Path used = folder.resolve(key + USED);
    return Files.getLastModifiedTime(Files.exists(used) ? used : file);
  }

  /** The longest unused first. */
  private List<Kept> list() throws IOException {
    List<Kept> found = new ArrayList<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.toList()) {
        Matcher name = OURS.matcher(String.valueOf(file.getFileName()));
        if (name.matches() && Files.isRegularFile(file)) {
          boolean half = name.group(2) != null;
          FileTime used = used(file, name.group(1));
          found.add(new Kept(file, name.group(1), half, Files.size(file), used));
        }
      }
    }
    found.sort(Comparator.comparing(Kept::used));
    return found;
  }

  private boolean delete(Kept kept) throws IOException {
    return files.deleteUnused(
        kept.key,
        () -> {
          Files.deleteIfExists(kept.file);
          Files.deleteIfExists(folder.resolve(kept.key + USED));
        });
  }

  private long free() throws IOException {
    return Math.max(0, Files.getFileStore(folder).getUsableSpace() - RESERVE);
  }

  /** Rounded up. */
  private static long megabytes(long bytes) {
    return (bytes + 999_999) / 1_000_000;
  }
}

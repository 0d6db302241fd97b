package dev.hyperbrush.install;

import dev.hyperbrush.checkpoint.SafetensorsFile;
import dev.hyperbrush.generation.IoReason;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Downloads one file after the other: resumed where it was left, checked before it gets its name.
 * Owned by one thread, which it may keep for hours.
 */
final class Download {
  private static final int MOST_CHANGES = 3;

  private final Web web;
  private final Waits waits;
  private final Tuning tuning;
  private final Room room;
  private final InstantSource clock;

  /**
   * @param connections for one file
   * @param smallestSegment bytes below which another connection does not pay
   * @param saveEvery so many bytes, what has arrived is written down
   */
  record Tuning(int connections, long smallestSegment, long saveEvery) {
    static Tuning of(DownloadSettings settings) {
      return new Tuning(settings.connections(), 16L << 20, 8L << 20);
    }
  }

  /**
   * What was downloaded.
   *
   * @param sha256 as it was computed here
   */
  record Arrived(RemoteFile remote, long bytes, String sha256) {}

  Download(Web web, Waits waits, Tuning tuning, Room room, InstantSource clock) {
    this.web = web;
    this.waits = waits;
    this.tuning = tuning;
    this.room = room;
    this.clock = clock;
  }

  /**
   * Downloads a file, over one of the same name.
   *
   * @throws Refusal when that cannot be; what has arrived then is kept, unless it is wrong
   */
  Arrived fetch(Wish wish, Watcher watcher) throws InterruptedException {
    Source source = new Source(web, wish, clock);
    try {
      Files.createDirectories(wish.target().toAbsolutePath().getParent());
      for (int changes = 0; ; changes++) {
        try {
          return once(wish, source, watcher);
        } catch (ChangedAtSource e) {
          PartialFile.discard(wish.target());
          if (changes == MOST_CHANGES) {
            throw new Refusal(Phrase.of(ReasonCode.DOWNLOAD_CHANGING, wish.address()), e);
          }
          watcher.notice(wish.name() + " was changed at its source meanwhile: it begins anew.");
        }
      }
    } catch (IOException e) {
      throw room.refusal(e, wish.target(), 0);
    }
  }

  private Arrived once(Wish wish, Source source, Watcher watcher)
      throws IOException, InterruptedException {
    RemoteFile remote = new Tries(waits, watcher, wish).run(source::look);
    requireSize(wish, remote);
    boolean knows = PartialFile.exists(wish.target());
    Optional<PartialFile> known = PartialFile.resume(wish.target(), remote);
    if (knows && known.isEmpty()) {
      watcher.notice(
          wish.name() + " cannot be gone on with as it is another file now: it begins anew.");
    }
    try (PartialFile file =
        known.isPresent()
            ? known.get()
            : PartialFile.begin(wish.target(), remote, segments(remote, wish))) {
      remote.length().ifPresent(length -> room.require(wish.target(), length - file.done()));
      transfer(wish, source, new Transfer(file, remote, watcher, tuning.saveEvery()), watcher);
      return finish(wish, file, remote, watcher);
    }
  }

  private void transfer(Wish wish, Source source, Transfer transfer, Watcher watcher)
      throws IOException, InterruptedException {
    RemoteFile remote = transfer.remote();
    try {
      if (remote.ranges()) {
        new Segments(source, transfer, web).fetch(() -> new Tries(waits, watcher, wish));
      } else {
        new WholeFile(source, transfer, wish).fetch(new Tries(waits, watcher, wish));
      }
    } catch (DiskFailure e) {
      long rest = Math.max(0, remote.length().orElse(0) - transfer.file().done());
      throw room.refusal(e.reason(), wish.target(), rest);
    }
  }

  private static void requireSize(Wish wish, RemoteFile remote) {
    if (wish.bytes().isPresent()
        && remote.length().isPresent()
        && wish.bytes().getAsLong() != remote.length().getAsLong()) {
      throw new Refusal(
          ReasonCode.DOWNLOAD_SIZE_WRONG,
          wish.address(),
          remote.length().getAsLong(),
          wish.bytes().getAsLong());
    }
  }

  private List<Segment> segments(RemoteFile remote, Wish wish) {
    if (!remote.ranges()) {
      long most = remote.length().orElseGet(() -> WholeFile.most(wish));
      return List.of(new Segment(0, most, 0));
    }
    long length = remote.length().orElseThrow();
    long count = Math.clamp(length / tuning.smallestSegment(), 1, tuning.connections());
    List<Segment> segments = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      segments.add(new Segment(length * i / count, length * (i + 1) / count, length * i / count));
    }
    return segments;
  }

  private Arrived finish(Wish wish, PartialFile file, RemoteFile remote, Watcher watcher)
      throws IOException {
    long bytes = Files.size(file.bytes());
    watcher.progress(bytes, bytes);
    String sha256 = Sha256.of(file.bytes());
    if (wish.sha256().isPresent() && !wish.sha256().get().equals(sha256)) {
      PartialFile.discard(wish.target());
      throw new Refusal(
          ReasonCode.DOWNLOAD_HASH_WRONG, wish.name(), sha256, wish.sha256().get(), wish.address());
    }
    requireWhole(wish, file.bytes());
    file.finish();
    return new Arrived(remote, bytes, sha256);
  }

  /** A header that does not fit the file's size shows what a size alone does not. */
  private static void requireWhole(Wish wish, Path arrived) throws IOException {
    if (!wish.name().endsWith(".safetensors")) {
      return;
    }
    try {
      SafetensorsFile _ = SafetensorsFile.open(arrived);
    } catch (Refusal damaged) {
      PartialFile.discard(wish.target());
      throw new Refusal(
          Phrase.of(
              ReasonCode.DOWNLOAD_DAMAGED, wish.name(), wish.address(), damaged.phrase().english()),
          damaged);
    }
  }

  static String why(IOException e) {
    return IoReason.of(e);
  }
}

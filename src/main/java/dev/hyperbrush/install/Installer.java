package dev.hyperbrush.install;

import dev.hyperbrush.generation.IoReason;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.install.Download.Arrived;
import dev.hyperbrush.install.Ledger.Receipt;
import dev.hyperbrush.pipeline.CatalogueFile;
import dev.hyperbrush.pipeline.CatalogueFile.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Brings what the catalogue describes into a data folder. While one is open, no other process
 * changes the models there. Owned by one thread.
 */
public final class Installer implements AutoCloseable {
  private static final String TOKEN = "HYPERBRUSH_HF_TOKEN";

  /** What a header can carry (RFC 6750, 2.1, and a little more). */
  private static final Pattern FORM_OF_TOKEN = Pattern.compile("[\\x21-\\x7e]{1,4096}");

  private final Path data;
  private final DownloadSettings settings;
  private final Web web;
  private final Download download;
  private final Room room;
  private final InstantSource clock;
  private final InstallLock lock;
  private final Ledger ledger;

  /** What the world around it is, for tests to be another. */
  record World(Waits waits, Room room, InstantSource clock, Map<String, String> environment) {
    static World real() {
      return new World(
          new Waits(Thread::sleep, new SecureRandom()),
          Room.ofDisk(),
          Clock.systemUTC(),
          System.getenv());
    }
  }

  Installer(Path data, DownloadSettings settings, World world) {
    Optional<String> token =
        Optional.ofNullable(world.environment().get(TOKEN))
            .map(String::strip)
            .filter(given -> !given.isEmpty());
    token
        .filter(given -> !FORM_OF_TOKEN.matcher(given).matches())
        .ifPresent(_ -> {
          throw new Refusal(ReasonCode.DOWNLOAD_TOKEN_BAD, TOKEN);
        });
    this.data = data;
    this.settings = settings;
    this.room = world.room();
    this.clock = world.clock();
    this.lock = InstallLock.take(data);
    this.ledger = Ledger.open(data);
    this.web = new Web(settings, world.environment(), token);
    this.download =
        new Download(web, world.waits(), Download.Tuning.of(settings), room, world.clock());
  }

  /**
   * For this machine and its disks.
   *
   * @throws Refusal when another process is at it
   */
  public static Installer open(Path data, DownloadSettings settings) {
    return new Installer(data, settings, World.real());
  }

  /** The parts of files that are not there, or not as large as they have to be. */
  public static List<Part> missing(Path data, List<CatalogueFile> files) {
    return files.stream()
        .flatMap(file -> file.parts().stream())
        .filter(part -> !isThere(data, part))
        .toList();
  }

  private static boolean isThere(Path data, Part part) {
    Path file = data.resolve(part.to());
    try {
      return Files.isRegularFile(file)
          && (part.bytes().isEmpty() || Files.size(file) == part.bytes().getAsLong());
    } catch (IOException e) {
      return false;
    }
  }

  /** Makes sure of room for all of it before the first byte comes. */
  public void requireRoom(List<Part> parts) {
    long bytes = parts.stream().mapToLong(this::stillToCome).sum();
    room.require(data, bytes);
  }

  /** What a download that was cut off has brought has its room already. */
  private long stillToCome(Part part) {
    return Math.max(0, part.expectedBytes() - PartialFile.arrived(data.resolve(part.to())));
  }

  /** Downloads one part of a file. */
  public void fetch(CatalogueFile file, Part part, Watcher watcher) throws InterruptedException {
    Wish wish = wish(file, part);
    Arrived arrived = download.fetch(wish, watcher);
    ledger.put(
        part.to(),
        new Receipt(
            wish.address().toString(),
            arrived.remote().validator(),
            arrived.bytes(),
            arrived.sha256(),
            clock.instant().toString()));
  }

  private Wish wish(CatalogueFile file, Part part) {
    return new Wish(
        part.from(settings.base()),
        data.resolve(part.to()),
        part.sha256(),
        part.bytes().isPresent() ? part.bytes() : OptionalLong.empty(),
        file.gated());
  }

  /**
   * Whether the source has another file now than the one that was downloaded. What was not
   * downloaded here is nobody's business, and what the source does not say has not changed.
   */
  public boolean changed(CatalogueFile file, Part part) throws InterruptedException {
    Optional<Receipt> receipt = ledger.receipt(part.to());
    if (receipt.flatMap(Receipt::validator).isEmpty()) {
      return false;
    }
    try {
      RemoteFile now = new Source(web, wish(file, part), clock).look();
      return now.validator().isPresent()
          && !now.validator().equals(receipt.orElseThrow().validator());
    } catch (IOException e) {
      throw new Refusal(
          Phrase.of(ReasonCode.DOWNLOAD_FAILED, wish(file, part).address(), IoReason.of(e)), e);
    }
  }

  /** Models and files that were added by name. */
  public Set<String> added() {
    return ledger.added();
  }

  public void markAdded(String id) {
    ledger.add(id);
  }

  public void markRemoved(String id) {
    ledger.remove(id);
  }

  /** Puts a file of this machine in its place. */
  public void place(LocalFile file, boolean link, Watcher watcher) {
    Path target = data.resolve(file.to());
    try {
      if (!link) {
        room.require(target, Files.size(file.path()));
      }
      file.place(target, link, watcher);
    } catch (IOException e) {
      throw file.failed(e);
    }
  }

  /** Deletes a file below the data folder, and what was known of it. */
  public void delete(String to) {
    try {
      Files.deleteIfExists(data.resolve(to));
      PartialFile.discard(data.resolve(to));
      ledger.forget(to);
    } catch (IOException e) {
      throw new Refusal(
          Phrase.of(ReasonCode.DATA_NOT_WRITABLE, data.resolve(to), IoReason.of(e)), e);
    }
  }

  @Override
  public void close() {
    web.close();
    lock.close();
  }
}

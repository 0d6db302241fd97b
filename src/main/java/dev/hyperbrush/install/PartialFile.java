package dev.hyperbrush.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file that is being downloaded: its bytes in {@code name.part}, and beside it in {@code
 * name.part.json} which file they are of and which of them have arrived. That is written only after
 * the bytes themselves are on the disk, so that a crash loses what came last and nothing else.
 * Thread-safe.
 */
final class PartialFile implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_SEGMENTS = 64;
  private static final JsonNode NONE = JSON.createArrayNode();

  private final Path target;
  private final RemoteFile remote;
  private final List<Segment> segments;
  private final FileChannel channel;

  private PartialFile(Path target, RemoteFile remote, List<Segment> segments) throws IOException {
    this.target = target;
    this.remote = remote;
    this.segments = List.copyOf(segments);
    this.channel =
        FileChannel.open(bytes(target), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  /** Begins anew. */
  static PartialFile begin(Path target, RemoteFile remote, List<Segment> segments)
      throws IOException {
    discard(target);
    PartialFile file = new PartialFile(target, remote, segments);
    file.save();
    return file;
  }

  /** Goes on with what has arrived of exactly this file; empty where nothing has. */
  static Optional<PartialFile> resume(Path target, RemoteFile remote) throws IOException {
    Optional<List<Segment>> arrived = readState(target).flatMap(json -> segments(json, remote));
    long there = Files.exists(bytes(target)) ? Files.size(bytes(target)) : -1;
    // What the state believes in has to be there.
    return arrived
            .filter(
                found -> found.stream().allMatch(part -> part.done() == 0 || part.next() <= there))
            .isPresent()
        ? Optional.of(new PartialFile(target, remote, arrived.orElseThrow()))
        : Optional.empty();
  }

  /** Whether anything of an earlier download is there. */
  static boolean exists(Path target) {
    return Files.exists(bytes(target)) && Files.exists(state(target));
  }

  /** How many bytes of a file have arrived, of whichever version of it; 0 where none have. */
  static long arrived(Path target) {
    long bytes = 0;
    for (JsonNode one : readState(target).map(json -> json.path("segments")).orElse(NONE)) {
      bytes += Math.max(0, one.path(2).asLong(0) - one.path(0).asLong(0));
    }
    return bytes;
  }

  private static Optional<JsonNode> readState(Path target) {
    try {
      return Files.size(state(target)) > 1 << 16
          ? Optional.empty()
          : Optional.ofNullable(JSON.readTree(state(target).toFile()));
    } catch (IOException e) {
      return Optional.empty(); // none, or one that was cut off: begun anew
    }
  }

  /** Empty when they are of another file, or make no sense. */
  private static Optional<List<Segment>> segments(JsonNode json, RemoteFile remote) {
    boolean same =
        remote.length().isPresent()
            && json.path("length").asLong(-1) == remote.length().getAsLong()
            && remote
                .validator()
                .filter(v -> v.equals(json.path("validator").asText()))
                .isPresent();
    JsonNode list = json.path("segments");
    if (!same || !list.isArray() || list.isEmpty() || list.size() > MOST_SEGMENTS) {
      return Optional.empty();
    }
    List<Segment> found = new ArrayList<>();
    long expected = 0;
    for (JsonNode one : list) {
      Segment part =
          new Segment(one.path(0).asLong(-1), one.path(1).asLong(-1), one.path(2).asLong(-1));
      boolean fits =
          part.from() == expected && part.next() >= part.from() && part.next() <= part.to();
      if (!fits) {
        return Optional.empty();
      }
      expected = part.to();
      found.add(part);
    }
    return expected == remote.length().getAsLong() ? Optional.of(found) : Optional.empty();
  }

  List<Segment> segments() {
    return segments;
  }

  long done() {
    return segments.stream().mapToLong(Segment::done).sum();
  }

  /** Puts bytes in their place. */
  void write(ByteBuffer data, long position) throws IOException {
    long at = position;
    while (data.hasRemaining()) {
      at += channel.write(data, at);
    }
  }

  /** Nothing counts that an earlier, longer try may have left behind this byte. */
  void cut(long length) throws IOException {
    channel.truncate(length);
  }

  /** Remembers what has arrived. */
  synchronized void save() throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("address", remote.address().toString());
    remote.validator().ifPresent(validator -> json.put("validator", validator));
    remote.length().ifPresent(length -> json.put("length", length));
    ArrayNode list = json.putArray("segments");
    segments.forEach(part -> list.addArray().add(part.from()).add(part.to()).add(part.next()));
    channel.force(false); // all that the state, made before, speaks of
    Path written = target.resolveSibling(target.getFileName() + ".part.new");
    Files.writeString(written, JSON.writeValueAsString(json));
    Files.move(
        written,
        state(target),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** The bytes that have arrived, as a file. */
  Path bytes() {
    return bytes(target);
  }

  /** Gives the whole file its name; it appears at once or not at all. */
  void finish() throws IOException {
    channel.force(true);
    channel.close();
    Files.move(
        bytes(), target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Files.deleteIfExists(state(target));
  }

  /** Removes what has arrived. */
  static void discard(Path target) throws IOException {
    Files.deleteIfExists(state(target));
    Files.deleteIfExists(bytes(target));
  }

  private static Path bytes(Path target) {
    return target.resolveSibling(target.getFileName() + ".part");
  }

  private static Path state(Path target) {
    return target.resolveSibling(target.getFileName() + ".part.json");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

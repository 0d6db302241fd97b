package dev.hyperbrush.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept, and what goes. */
final class GraphCacheTest {
  @TempDir private Path folder;
  private Instant now = Instant.now(); // as files have it

  @Test
  void anEntryIsThereWhenItIsWhole() throws IOException {
    GraphCache cache = cache(1000);
    Path written = begun(cache, "a", 100);
    assertThat(cache.find("a")).isEmpty();
    assertThat(cache.finish("a", written)).contains(folder.resolve("a"));
    assertThat(cache.find("a")).contains(folder.resolve("a"));
  }

  @Test
  void theOneNotUsedForLongestGoes() throws IOException {
    GraphCache cache = cache(250);
    for (String key : new String[] {"a", "b"}) {
      cache.finish(key, begun(cache, key, 100));
      later();
    }
    assertThat(cache.find("a")).isPresent();
    later();
    cache.finish("c", begun(cache, "c", 100));
    assertThat(cache.find("b")).isEmpty();
    assertThat(cache.find("a")).isPresent();
    assertThat(cache.find("c")).isPresent();
  }

  @Test
  void whatIsLargerThanTheCacheIsNotBegun() {
    assertThat(cache(99).begin("a", 100)).isEmpty();
    assertThat(cache(0).begin("a", 1)).isEmpty();
  }

  @Test
  void aCutOffEntryIsDropped() throws IOException {
    GraphCache cache = cache(1000);
    Path entry = cache.finish("a", begun(cache, "a", 100)).orElseThrow();
    Files.write(entry.resolve(GraphCache.WEIGHTS), new byte[99]);
    assertThat(cache.find("a")).isEmpty();
    assertThat(entry).doesNotExist();
  }

  @Test
  void whatAnotherProcessMadeFirstIsTaken() throws IOException {
    GraphCache cache = cache(1000);
    Path mine = begun(cache, "a", 100);
    cache.finish("a", begun(cache, "a", 100));
    assertThat(cache.finish("a", mine)).contains(folder.resolve("a"));
    assertThat(mine).doesNotExist();
  }

  @Test
  void whatWasLeftUnfinishedGoesWhenRoomIsNeeded() throws IOException {
    GraphCache cache = cache(150);
    Path left = begun(cache, "a", 100);
    later();
    assertThat(cache.finish("b", begun(cache, "b", 100))).isPresent();
    assertThat(left).doesNotExist();
  }

  @Test
  void whatAKilledProcessLeftGoesAfterADay() throws IOException {
    GraphCache cache = cache(1000);
    Path left = begun(cache, "a", 100);
    begun(cache, "b", 100);
    assertThat(left).exists();
    now = now.plus(Duration.ofHours(25));
    begun(cache, "c", 100);
    assertThat(left).doesNotExist();
  }

  @Test
  void remembersWhatWasAskedFor() {
    GraphCache cache = cache(1000);
    assertThat(cache.askedBefore("a")).isFalse();
    assertThat(cache.askedBefore("a")).isTrue();
    assertThat(cache.askedBefore("b")).isFalse();
  }

  private GraphCache cache(long bytes) {
    return new GraphCache(folder, bytes, new Moving());
  }

  private static Path begun(GraphCache cache, String key, int bytes) throws IOException {
    Optional<Path> begun = cache.begin(key, bytes);
    Path written = begun.orElseThrow();
    Files.write(written.resolve(GraphCache.WEIGHTS), new byte[bytes]);
    Files.write(written.resolve(GraphCache.GRAPH), new byte[3]);
    return written;
  }

  private void later() {
    now = now.plus(Duration.ofMinutes(1));
  }

  private final class Moving extends Clock {
    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}

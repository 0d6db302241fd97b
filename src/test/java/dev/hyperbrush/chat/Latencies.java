package dev.hyperbrush.chat;

import java.time.Duration;
import java.util.List;

/** How long each of many took. Immutable. */
record Latencies(List<Duration> sorted) {
  static Latencies of(List<Duration> all) {
    return new Latencies(all.stream().sorted().toList());
  }

  /** The time within which so many of a hundred were done. */
  Duration percentile(int of100) {
    int rank = (int) Math.ceil(sorted.size() * of100 / 100.0);
    return sorted.get(Math.max(rank, 1) - 1);
  }

  @Override
  public String toString() {
    return "%d, p50 %d ms, p99 %d ms, at most %d ms"
        .formatted(
            sorted.size(),
            percentile(50).toMillis(),
            percentile(99).toMillis(),
            percentile(100).toMillis());
  }
}

package dev.hyperbrush.queue;

import java.time.Duration;
import java.util.Optional;

/**
 * What it costs to draw with another model than before: the last ones count most. Kept as long as
 * the process lives. Thread-safe.
 */
final class ModelSwitches {
  private static final double NEWEST = 0.3;

  private Optional<Duration> usual = Optional.empty();

  /** It took so much longer than with the model that was there. */
  synchronized void add(Duration cost) {
    Duration now = cost.isNegative() ? Duration.ZERO : cost;
    usual = Optional.of(usual.map(before -> mixed(before, now)).orElse(now));
  }

  private static Duration mixed(Duration before, Duration now) {
    return before.plusNanos(Math.round(now.minus(before).toNanos() * NEWEST));
  }

  /** Empty before the first one. */
  synchronized Optional<Duration> usual() {
    return usual;
  }
}

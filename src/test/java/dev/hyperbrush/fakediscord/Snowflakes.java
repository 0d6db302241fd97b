package dev.hyperbrush.fakediscord;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Discord's numbers: milliseconds since 2015 above 22 bits that tell those of one millisecond
 * apart. Each is larger than the one before. Thread-safe.
 */
final class Snowflakes {
  private static final long EPOCH = 1_420_070_400_000L;

  private final InstantSource clock;
  private final AtomicLong last = new AtomicLong();

  Snowflakes(InstantSource clock) {
    this.clock = clock;
  }

  long next() {
    long now = (clock.millis() - EPOCH) << 22;
    return last.updateAndGet(before -> Math.max(before + 1, now));
  }
}

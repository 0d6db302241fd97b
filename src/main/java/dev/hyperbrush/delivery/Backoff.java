package dev.hyperbrush.delivery;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waits that double with every failure, each a random part of that, so that what failed together
 * does not come back together ("full jitter": M. Brooker, Exponential Backoff And Jitter, AWS
 * Architecture Blog 2015). Immutable; as thread-safe as its source of chance.
 */
final class Backoff {
  private static final int MOST_DOUBLINGS = 30;

  private final Duration first;
  private final Duration longest;
  private final RandomGenerator chance;

  Backoff(Duration first, Duration longest, RandomGenerator chance) {
    this.first = first;
    this.longest = longest;
    this.chance = chance;
  }

  /** How long to wait after so many failures in a row, 1 or more. */
  Duration after(int failures) {
    Duration most = first.multipliedBy(1L << Math.clamp(failures - 1, 0, MOST_DOUBLINGS));
    long millis = Math.min(most.toMillis(), longest.toMillis());
    return Duration.ofMillis(chance.nextLong(millis + 1));
  }
}

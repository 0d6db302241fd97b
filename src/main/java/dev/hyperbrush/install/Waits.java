package dev.hyperbrush.install;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before something that failed is tried again: twice as long every time, and a
 * random part of that. Immutable; as thread-safe as its source of chance.
 *
 * @param sleeper waits; a test's does not
 */
record Waits(Sleeper sleeper, RandomGenerator chance) {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  /** No server is believed that asks for more. */
  private static final Duration LONGEST_ASKED = Duration.ofMinutes(10);

  /** Lets time pass. */
  @FunctionalInterface
  interface Sleeper {
    void sleep(Duration time) throws InterruptedException;
  }

  /**
   * Waits after so many failures in a row.
   *
   * @param asked what the server asks for, zero for nothing
   */
  void after(int failures, Duration asked) throws InterruptedException {
    long most = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(failures - 1, 20));
    Duration own = Duration.ofMillis(most / 2 + chance.nextLong(most / 2 + 1));
    Duration believed = asked.compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : asked;
    sleeper.sleep(believed.compareTo(own) > 0 ? believed : own);
  }
}

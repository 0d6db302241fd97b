package dev.hyperbrush.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * How many posts a platform may be given now. When several of them have failed in a row the
 * platform is taken to be down, and one post at a time asks whether it is back; a single post that
 * fails again and again says nothing about the platform. Thread-safe.
 */
final class PlatformHealth {
  private static final int DOWN_AFTER = 5;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final int mostInFlight;
  private final Backoff backoff;
  private final Set<Long> failing = new HashSet<>();
  private int pauses;
  private int inFlight;
  private Instant resume = Instant.EPOCH;

  PlatformHealth(int mostInFlight, RandomGenerator chance) {
    this.mostInFlight = mostInFlight;
    this.backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE, chance);
  }

  /** How many more attempts may begin now. */
  synchronized int room(Instant now) {
    if (now.isBefore(resume)) {
      return 0;
    }
    return (isDown() ? 1 : mostInFlight) - inFlight;
  }

  synchronized void begun() {
    inFlight++;
  }

  /** An attempt at this delivery has ended. */
  synchronized void ended(long deliveryId, Outcome outcome, Instant now) {
    inFlight--;
    switch (outcome) {
      case Outcome.TryAgain _ -> failed(deliveryId, now);
      case Outcome.RetryAfter(Duration delay, boolean everywhere) -> {
        if (everywhere) {
          resume = later(resume, now.plus(delay));
        }
      }
      case Outcome.Posted _, Outcome.NextRung _, Outcome.Refused _ -> {
        failing.clear();
        pauses = 0;
      }
    }
  }

  private void failed(long deliveryId, Instant now) {
    if (!isDown()) {
      failing.add(deliveryId);
    }
    if (isDown()) {
      pauses++;
      resume = later(resume, now.plus(backoff.after(pauses)));
    }
  }

  private boolean isDown() {
    return failing.size() >= DOWN_AFTER;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}

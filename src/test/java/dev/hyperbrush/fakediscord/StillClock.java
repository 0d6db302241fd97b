package dev.hyperbrush.fakediscord;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Starts at the true time, for clients that compare numbers of interactions with their own clock,
 * and then moves only by hand: on a busy machine nothing is late by itself. Thread-safe.
 */
public final class StillClock implements InstantSource {
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());

  @Override
  public Instant instant() {
    return now.get();
  }

  public void advance(Duration time) {
    now.updateAndGet(before -> before.plus(time));
  }
}

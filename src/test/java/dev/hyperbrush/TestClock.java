package dev.hyperbrush;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that a test moves. Thread-safe. */
public final class TestClock implements InstantSource {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-03-02T10:00:00Z"));

  @Override
  public Instant instant() {
    return now.get();
  }

  public void advance(Duration time) {
    now.updateAndGet(before -> before.plus(time));
  }
}

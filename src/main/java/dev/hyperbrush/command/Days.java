package dev.hyperbrush.command;

import java.time.Instant;
import java.time.ZoneOffset;

/** Moments as people read them. */
final class Days {
  /** The day in UTC: {@code 2026-03-01}. */
  static String of(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC).toLocalDate().toString();
  }

  private Days() {}
}

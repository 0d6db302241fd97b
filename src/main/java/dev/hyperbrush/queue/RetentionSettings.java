package dev.hyperbrush.queue;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How long pictures and jobs are kept; favourites are kept for ever. Immutable.
 *
 * @param keepFor after their end; empty for ever
 * @param mostBytes of all pictures, of which the oldest go first; empty for as many as there are
 */
public record RetentionSettings(Optional<Duration> keepFor, OptionalLong mostBytes) {
  /** Everything is kept. */
  public static RetentionSettings standard() {
    return new RetentionSettings(Optional.empty(), OptionalLong.empty());
  }
}

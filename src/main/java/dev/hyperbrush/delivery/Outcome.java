package dev.hyperbrush.delivery;

import java.time.Duration;
import java.util.Optional;

/** What came of an attempt to post or to take back. Immutable. */
public sealed interface Outcome {
  /** It is done, and there is nothing that could be taken back later. */
  static Outcome done() {
    return new Posted(Optional.empty());
  }

  static Outcome posted(String message) {
    return new Posted(Optional.of(message));
  }

  /**
   * It is done.
   *
   * @param message what the platform calls the post, for taking it back
   */
  record Posted(Optional<String> message) implements Outcome {}

  /**
   * The platform asks to wait; it counts as no failure.
   *
   * @param everywhere whether that holds for all its destinations
   */
  record RetryAfter(Duration delay, boolean everywhere) implements Outcome {}

  /** The platform or the way there has failed; the same may work later. */
  record TryAgain(String cause) implements Outcome {}

  /** This destination is gone or closed for good: the next one is tried. */
  record NextRung(String reason) implements Outcome {}

  /** No destination will take it: the person has to ask for it. */
  record Refused(String reason) implements Outcome {}
}

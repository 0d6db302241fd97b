package dev.hyperbrush.queue;

import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import java.util.Optional;

/**
 * How often a job is tried.
 *
 * <p>A job over which two processes died is taken for the reason, and set aside: a third try would
 * only end everybody else's pictures once more. Tries that came to nothing for another reason, as
 * when a process stood still for too long or the disk was full, may be three.
 */
final class Tries {
  static final int MAX = 3;
  static final int MAX_DEATHS = 2;

  /** Why a job is not tried again after so many tries; empty when it is. */
  static Optional<Phrase> verdict(int attempts, int deaths) {
    if (deaths >= MAX_DEATHS) {
      return Optional.of(Phrase.of(ReasonCode.JOB_KEEPS_CRASHING, deaths));
    }
    return attempts >= MAX
        ? Optional.of(Phrase.of(ReasonCode.JOB_INTERRUPTED, attempts))
        : Optional.empty();
  }

  private Tries() {}
}

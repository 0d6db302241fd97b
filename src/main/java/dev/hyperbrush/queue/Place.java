package dev.hyperbrush.queue;

import java.time.Duration;
import java.util.Optional;

/**
 * Where a job is in the queue. Immutable.
 *
 * @param position 1 for the job that is drawn next, 0 for one that does not wait
 * @param readyIn until its pictures are there, about; empty where that is not known
 */
public record Place(int position, Optional<Duration> readyIn) {
  /** Of a job that does not wait. */
  public static final Place NONE = new Place(0, Optional.empty());
}

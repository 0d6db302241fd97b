package dev.hyperbrush.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Decides which news of a job under way are worth editing a message for: platforms grant few edits,
 * and each one holds up the next post there. Of the place in the queue every halving, of the
 * drawing what a person who waits would want to know; never more than one edit in three seconds,
 * and none that the picture overtakes. One for each message; owned by one thread.
 */
public final class ProgressPace {
  static final Duration BETWEEN_EDITS = Duration.ofSeconds(3);

  private final InstantSource clock;
  private Instant lastEdit;
  private int shownPosition;
  private Optional<Instant> began = Optional.empty();

  /**
   * The message has just been posted.
   *
   * @param position that it shows; 0 when the job does not wait
   */
  public ProgressPace(int position, InstantSource clock) {
    this.clock = clock;
    this.lastEdit = clock.instant();
    this.shownPosition = position;
  }

  /** Whether to edit, now that the job has this place in the queue; 1 is the next. */
  public boolean moved(int position) {
    boolean worthIt = position > 0 && 2 * position <= shownPosition;
    if (worthIt && isTime()) {
      shownPosition = position;
      return edit();
    }
    return false;
  }

  /** Whether to edit, now that this step is done. */
  public boolean stepped(int step, int steps) {
    Instant now = clock.instant();
    if (began.isEmpty()) {
      began = Optional.of(now);
    }
    Duration sofar = Duration.between(began.get(), now);
    return sofar.compareTo(BETWEEN_EDITS) >= 0
        && rest(sofar, step, steps).compareTo(BETWEEN_EDITS) >= 0
        && isTime()
        && edit();
  }

  private static Duration rest(Duration sofar, int step, int steps) {
    return sofar.multipliedBy(Math.max(steps - step, 0)).dividedBy(Math.max(step, 1));
  }

  private boolean isTime() {
    return !clock.instant().isBefore(lastEdit.plus(BETWEEN_EDITS));
  }

  private boolean edit() {
    lastEdit = clock.instant();
    return true;
  }
}

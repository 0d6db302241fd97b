package dev.hyperbrush.queue;

import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.CancelledException;
import dev.hyperbrush.store.Job;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A job that this process has claimed, and how it is stopped: by a person for good, or by the
 * orderly end of the program, to be drawn again later. Thread-safe.
 */
final class RunningJob {
  private final Job job;
  private final Cancellation cancellation = new Cancellation();
  private volatile boolean cancelledByPerson;
  private volatile boolean cancelledByOwner;
  private volatile @Nullable Throwable unwrittenEnd;

  RunningJob(Job job) {
    this.job = job;
  }

  Job job() {
    return job;
  }

  Cancellation cancellation() {
    return cancellation;
  }

  /** Stops it for good; {@code owner}, whether whoever asked for it does so. */
  void cancelByPerson(boolean owner) {
    cancelledByOwner = owner;
    cancelledByPerson = true;
    cancellation.request();
  }

  /** Notes what ended the job, until that is written down. */
  void endedBy(Throwable thrown) {
    unwrittenEnd = thrown;
  }

  /** What ended the job, when there was no room to write that down. */
  Optional<Throwable> unwrittenEnd() {
    return Optional.ofNullable(unwrittenEnd);
  }

  boolean isCancelledByPerson() {
    return cancelledByPerson;
  }

  /** Whether the person who asked for it has cancelled it, so that they know. */
  boolean isCancelledByOwner() {
    return cancelledByOwner;
  }

  void throwIfCancelledByPerson() {
    if (cancelledByPerson) {
      throw new CancelledException();
    }
  }
}

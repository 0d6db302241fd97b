package dev.hyperbrush.queue;

import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.CancelledException;
import dev.hyperbrush.store.Job;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A job that this process has claimed, and how it is stopped: by a person for good, by the orderly
 * end of the program, to be drawn again later, or because it is not ours any more. Thread-safe.
 */
final class RunningJob {
  private final Job job;
  private final String leaseOwner;
  private final Cancellation cancellation = new Cancellation();
  private volatile boolean cancelledByPerson;
  private volatile boolean cancelledByOwner;
  private volatile boolean storing;
  private volatile boolean lost;
  private volatile @Nullable Throwable unwrittenEnd;

  RunningJob(Job job, String leaseOwner) {
    this.job = job;
    this.leaseOwner = leaseOwner;
  }

  Job job() {
    return job;
  }

  /** In whose name it was claimed. */
  String leaseOwner() {
    return leaseOwner;
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

  /** Somebody took it for dead: how it ends is not to be written down from here. */
  void lose() {
    lost = true;
    cancellation.request();
  }

  boolean isLost() {
    return lost;
  }

  /** From here on it is too late to cancel it. */
  void beginStoring() {
    throwIfCancelledByPerson();
    storing = true;
  }

  boolean isBeingStored() {
    return storing && unwrittenEnd == null;
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

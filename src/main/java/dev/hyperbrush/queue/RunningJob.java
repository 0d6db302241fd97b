package dev.hyperbrush.queue;

import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.CancelledException;
import dev.hyperbrush.store.Job;

/**
 * A job that this process has claimed, and how it is stopped: by a person for good, or by the
 * orderly end of the program, to be drawn again later. Thread-safe.
 */
final class RunningJob {
  private final Job job;
  private final Cancellation cancellation = new Cancellation();
  private volatile boolean cancelledByPerson;

  RunningJob(Job job) {
    this.job = job;
  }

  Job job() {
    return job;
  }

  Cancellation cancellation() {
    return cancellation;
  }

  void cancelByPerson() {
    cancelledByPerson = true;
    cancellation.request();
  }

  boolean isCancelledByPerson() {
    return cancelledByPerson;
  }

  void throwIfCancelledByPerson() {
    if (cancelledByPerson) {
      throw new CancelledException();
    }
  }
}

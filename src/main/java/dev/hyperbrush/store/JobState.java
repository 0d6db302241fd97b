package dev.hyperbrush.store;

/** Where a job is on its way. The names are what the database holds. */
public enum JobState {
  /** Waits for a moderator to let it into the queue. */
  HELD,
  QUEUED,
  RUNNING,
  DONE,
  FAILED,
  CANCELLED;

  /** Whether nothing will happen to the job any more. */
  public boolean ended() {
    return this == DONE || this == FAILED || this == CANCELLED;
  }
}

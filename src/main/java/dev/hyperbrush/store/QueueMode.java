package dev.hyperbrush.store;

/** What the queue does with jobs. The names are what the database holds. */
public enum QueueMode {
  /** New jobs are accepted, waiting ones are drawn. */
  OPEN,
  /** New jobs are accepted, none is begun. */
  PAUSED,
  /** No new job is accepted, waiting ones are drawn. */
  DRAINING
}

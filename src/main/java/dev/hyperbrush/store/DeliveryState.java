package dev.hyperbrush.store;

/** How far the news of a job's end has come. The names are what the database holds. */
public enum DeliveryState {
  /** To be posted. */
  DUE,
  /** The platform has it. */
  POSTED,
  /** No destination took it: it is there for the person to ask for. */
  WAITING,
  /** The person has seen it, or knew it anyway. */
  SHOWN,
  /** To be taken back: the job is deleted. */
  WITHDRAWING
}

package dev.hyperbrush.chat;

/** For whom an answer is. Surfaces that can hide answers from others do so. */
public enum Audience {
  /** Worth seeing for all who are there, as pictures are. */
  EVERYBODY,
  /** Of no interest to others: hidden where that costs nothing. */
  ASKER,
  /** Nobody else's business: where it cannot be hidden, it is said elsewhere. */
  ONLY_ASKER
}

package dev.hyperbrush.chat.telegram;

/**
 * What is sent before what when Telegram takes no more, and how much of what a group takes in a
 * minute it may use up: answers to a crowd must leave room for pictures.
 */
enum Urgency {
  /** Somebody waits for it, now. */
  ANSWER(15),
  /** Somebody waits for it, and knows that it takes a while. */
  RESULT(20),
  /** Of no use a moment later. */
  PROGRESS(10);

  private final int shareOfGroup;

  Urgency(int shareOfGroup) {
    this.shareOfGroup = shareOfGroup;
  }

  /** Messages a minute. */
  int shareOfGroup() {
    return shareOfGroup;
  }
}

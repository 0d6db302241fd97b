package dev.hyperbrush.chat.telegram;

/** Which group has become which supergroup, with another number. Thread-safe. */
interface ChatMoves {
  /** The number that a chat has now. */
  long current(long chat);

  /** Telegram says that a chat has another number from now on. */
  void moved(long from, long to);
}

package dev.hyperbrush.chat.telegram;

import dev.hyperbrush.store.TelegramUpdateDao;

/**
 * Something that was done on Telegram and is to be dealt with. Immutable.
 *
 * @param begunBefore whether a process that ended since had begun what cannot be done twice
 */
record Arrival(TelegramUpdateDao updates, long bot, long id, Incoming what, boolean begunBefore) {
  /**
   * What tells this from everything else that is asked of the bot. Not the number of the update:
   * the same message is the same command even if Telegram should count it twice.
   */
  String request() {
    return bot
        + switch (what) {
          case Incoming.Said said -> ":" + said.room().chat() + "/" + said.messageId();
          case Incoming.Pressed pressed -> ":" + pressed.queryId();
          default -> ":" + id;
        };
  }

  /** From here on it must not be begun again: what follows has an effect each time it is done. */
  void begin() {
    if (!what.isFleeting()) {
      updates.begin(id);
    }
  }

  /** It is dealt with. */
  void end() {
    if (!what.isFleeting()) {
      updates.done(id);
    }
  }
}

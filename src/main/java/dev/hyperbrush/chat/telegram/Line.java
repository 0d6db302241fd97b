package dev.hyperbrush.chat.telegram;

import java.io.IOException;
import java.io.Serializable;
import java.util.OptionalInt;
import org.telegram.telegrambots.meta.api.methods.botapimethods.PartialBotApiMethod;

/** How something gets to a chat, more or less urgently: a method of {@link TelegramSender}. */
interface Line {
  /** A call to be made to a chat, by the number that it has by then; made anew for every try. */
  interface Ask<T extends Serializable> {
    PartialBotApiMethod<T> to(long chat) throws IOException;
  }

  /**
   * Sends when it is its turn.
   *
   * @param message that is changed by it
   * @param count of messages
   */
  <T extends Serializable> T send(long chat, OptionalInt message, int count, Ask<T> ask)
      throws TelegramFailure, InterruptedException;
}

package dev.hyperbrush.chat.telegram;

import dev.hyperbrush.chat.telegram.Incoming.Room;
import dev.hyperbrush.chat.telegram.Incoming.Sender;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * Whom an answer is for, and where they are. Immutable.
 *
 * @param replyTo the message that it answers
 * @param locale to answer in
 */
record Talk(Sender sender, Room room, OptionalInt replyTo, Locale locale) {
  /** Where they are: in a group as an answer to what they said. */
  TelegramAddress.Chat here() {
    return new TelegramAddress.Chat(room.chat(), room.thread(), replyTo);
  }

  /** Where only they are. */
  TelegramAddress.Chat alone() {
    return new TelegramAddress.Chat(sender.id(), OptionalInt.empty(), OptionalInt.empty());
  }

  /** Whether they speak in the name of a chat, so that nobody knows who they are. */
  boolean isUnnamed() {
    return sender.inNameOf().isPresent();
  }
}

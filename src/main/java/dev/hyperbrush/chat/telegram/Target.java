package dev.hyperbrush.chat.telegram;

import java.util.OptionalInt;
import java.util.function.Consumer;
import org.telegram.telegrambots.meta.api.objects.ReplyParameters;

/**
 * Where in a chat a new message goes. Immutable.
 *
 * @param thread the topic of a forum
 * @param replyTo what it answers, when that is still there
 */
record Target(OptionalInt thread, OptionalInt replyTo) {
  /**
   * A new message where this is, or where the message is that it names.
   *
   * @param chat that it goes to; in another than the address names, the numbers mean other messages
   */
  static Target of(TelegramAddress address, long chat) {
    if (chat != address.chat()) {
      return new Target(OptionalInt.empty(), OptionalInt.empty());
    }
    return switch (address) {
      case TelegramAddress.Message message -> new Target(message.thread(), OptionalInt.empty());
      case TelegramAddress.Chat there -> new Target(there.thread(), there.replyTo());
      case TelegramAddress.Private _ -> new Target(OptionalInt.empty(), OptionalInt.empty());
    };
  }

  /** Each method has setters of its own for it. */
  void apply(Consumer<Integer> setThread, Consumer<ReplyParameters> setReply) {
    thread.ifPresent(setThread::accept);
    replyTo.ifPresent(message ->
        setReply.accept(
            ReplyParameters.builder().messageId(message).allowSendingWithoutReply(true).build()));
  }
}

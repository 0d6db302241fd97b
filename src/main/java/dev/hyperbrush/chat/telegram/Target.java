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
  /** A new message where this is, or where the message is that it names. */
  static Target of(TelegramAddress address) {
    return switch (address) {
      case TelegramAddress.Message message -> new Target(message.thread(), OptionalInt.empty());
      case TelegramAddress.Chat chat -> new Target(chat.thread(), chat.replyTo());
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

package dev.hyperbrush.chat.telegram;

import dev.hyperbrush.store.Destination;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place on Telegram that the end of a job can be told at, and its written form in {@link
 * Destination#address}. Immutable.
 */
sealed interface TelegramAddress {
  Pattern FORM = Pattern.compile("([mcp])(-?[0-9]{1,18})(?:/([0-9]{1,9})/([0-9]{1,9}))?");

  /** The chat that it is in. A private chat has the number of its person. */
  long chat();

  /** As it is kept in a route. */
  String encode();

  /** The same in a chat that has become another: a group that was made a supergroup. */
  TelegramAddress in(long otherChat);

  /** The message that becomes the picture. */
  record Message(long chat, OptionalInt thread, int messageId) implements TelegramAddress {
    @Override
    public String encode() {
      return "m" + chat + "/" + thread.orElse(0) + "/" + messageId;
    }

    @Override
    public Message in(long otherChat) {
      return new Message(otherChat, thread, messageId);
    }
  }

  /**
   * A new message in a chat.
   *
   * @param thread the topic of a forum
   * @param replyTo the command that asked for it
   */
  record Chat(long chat, OptionalInt thread, OptionalInt replyTo) implements TelegramAddress {
    @Override
    public String encode() {
      return "c" + chat + "/" + thread.orElse(0) + "/" + replyTo.orElse(0);
    }

    @Override
    public Chat in(long otherChat) {
      return new Chat(otherChat, thread, replyTo);
    }
  }

  /** A message to the person alone. */
  record Private(long chat) implements TelegramAddress {
    @Override
    public String encode() {
      return "p" + chat;
    }

    @Override
    public Private in(long otherChat) {
      return new Private(otherChat);
    }
  }

  /** With posts of one chat one after another. */
  default Destination destination() {
    return new Destination(String.valueOf(chat()), encode());
  }

  /** What {@code text} encodes; empty when it encodes none. */
  static Optional<TelegramAddress> parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches() || (parts.group(3) == null) != text.startsWith("p")) {
      return Optional.empty();
    }
    long chat = Long.parseLong(parts.group(2));
    if (parts.group(3) == null) {
      return Optional.of(new Private(chat));
    }
    OptionalInt thread = some(parts.group(3));
    OptionalInt message = some(parts.group(4));
    if (text.startsWith("c")) {
      return Optional.of(new Chat(chat, thread, message));
    }
    return message.isPresent()
        ? Optional.of(new Message(chat, thread, message.getAsInt()))
        : Optional.empty();
  }

  private static OptionalInt some(String number) {
    int value = Integer.parseInt(number);
    return value == 0 ? OptionalInt.empty() : OptionalInt.of(value);
  }
}

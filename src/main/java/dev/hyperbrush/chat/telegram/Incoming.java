package dev.hyperbrush.chat.telegram;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What somebody did on Telegram, as far as it concerns the bot; kept as JSON until it is dealt
 * with. Immutable.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Incoming.Said.class, name = "said"),
  @JsonSubTypes.Type(value = Incoming.Pressed.class, name = "pressed"),
  @JsonSubTypes.Type(value = Incoming.Searched.class, name = "searched"),
  @JsonSubTypes.Type(value = Incoming.Moved.class, name = "moved"),
  @JsonSubTypes.Type(value = Incoming.Membership.class, name = "membership")
})
sealed interface Incoming {
  /** What of the same lane is dealt with one after another. */
  long lane();

  /** Whether it is worth nothing a moment later, so that it is not kept. */
  default boolean isFleeting() {
    return false;
  }

  /**
   * Who did it.
   *
   * @param id of the user, or of the chat in whose name they speak
   * @param language tag that Telegram names, if it does
   * @param inNameOf the chat in whose name an unnamed administrator or a channel's owner speaks
   */
  record Sender(long id, String name, Optional<String> language, OptionalLong inNameOf) {}

  /**
   * Where it was done.
   *
   * @param group whether others are there; else it is a private chat
   * @param thread the topic, in a forum
   */
  record Room(long chat, boolean group, OptionalInt thread) {}

  /**
   * What a message replies to, when the bot wrote that.
   *
   * @param actions what its buttons say to the bot
   */
  record Replied(int messageId, String text, List<String> actions) {
    public Replied {
      actions = List.copyOf(actions);
    }
  }

  /**
   * A message.
   *
   * @param text or the caption of a picture
   * @param at seconds since 1970
   * @param about the person to whom the replied message belongs, when that is not the bot
   */
  record Said(
      Sender sender,
      Room room,
      int messageId,
      long at,
      String text,
      Optional<Replied> replied,
      OptionalLong about)
      implements Incoming {
    @Override
    public long lane() {
      return sender.id();
    }
  }

  /**
   * A button.
   *
   * @param room empty below a message that was shared from one's history
   * @param messageId with the button; 0 when it is not known
   * @param words whether that is a message of words alone
   */
  record Pressed(
      Sender sender, String queryId, Optional<Room> room, int messageId, boolean words, String data)
      implements Incoming {
    /** Whether it is the same button, pressed by the same person. */
    boolean isSame(Incoming other) {
      return other instanceof Pressed press
          && press.sender.id() == sender.id()
          && press.room.equals(room)
          && press.messageId == messageId
          && press.data.equals(data);
    }

    @Override
    public long lane() {
      return sender.id();
    }
  }

  /** Words typed behind the bot's name, in any chat. */
  record Searched(Sender sender, String queryId, String words, String offset) implements Incoming {
    /** Not that of what the person says: they wait for it while they type. */
    @Override
    public long lane() {
      return ~sender.id();
    }

    @Override
    public boolean isFleeting() {
      return true;
    }
  }

  /** A group became a supergroup. */
  record Moved(long oldChat, long newChat) implements Incoming {
    @Override
    public long lane() {
      return oldChat;
    }
  }

  /**
   * Somebody's rights in a chat changed.
   *
   * @param welcome whether that is the bot itself, and it can speak there now and could not before
   */
  record Membership(Sender sender, Room room, boolean welcome) implements Incoming {
    @Override
    public long lane() {
      return room.chat();
    }
  }
}

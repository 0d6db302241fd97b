package dev.hyperbrush.chat.telegram;

import dev.hyperbrush.chat.telegram.Incoming.Membership;
import dev.hyperbrush.chat.telegram.Incoming.Moved;
import dev.hyperbrush.chat.telegram.Incoming.Pressed;
import dev.hyperbrush.chat.telegram.Incoming.Replied;
import dev.hyperbrush.chat.telegram.Incoming.Room;
import dev.hyperbrush.chat.telegram.Incoming.Said;
import dev.hyperbrush.chat.telegram.Incoming.Searched;
import dev.hyperbrush.chat.telegram.Incoming.Sender;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.objects.CallbackQuery;
import org.telegram.telegrambots.meta.api.objects.Update;
import org.telegram.telegrambots.meta.api.objects.User;
import org.telegram.telegrambots.meta.api.objects.chat.Chat;
import org.telegram.telegrambots.meta.api.objects.chatmember.ChatMember;
import org.telegram.telegrambots.meta.api.objects.chatmember.ChatMemberUpdated;
import org.telegram.telegrambots.meta.api.objects.inlinequery.InlineQuery;
import org.telegram.telegrambots.meta.api.objects.message.MaybeInaccessibleMessage;
import org.telegram.telegrambots.meta.api.objects.message.Message;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.InlineKeyboardMarkup;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.buttons.InlineKeyboardButton;

/**
 * Makes of Telegram's updates what concerns the bot. What others say to each other, what other bots
 * say, what is edited later and posts of a channel that a group repeats are nothing to it.
 * Immutable.
 *
 * @param bot its own number
 */
record UpdateReader(long bot) {
  /** Kinds of updates to ask for; all others are not even sent. */
  static final List<String> KINDS =
      List.of("message", "callback_query", "inline_query", "my_chat_member", "chat_member");

  /** Through these users Telegram shows what a group or a channel says. */
  private static final Set<Long> MOUTHPIECES = Set.of(1087968824L, 136817688L, 777000L);

  private static final Set<String> PRESENT = Set.of("creator", "administrator", "member");
  private static final Logger log = LoggerFactory.getLogger(UpdateReader.class);

  /** What an update tells; empty when that is nothing, or lacks what every update has. */
  Optional<Incoming> read(Update update) {
    try {
      if (update.getMessage() != null) {
        return message(update.getMessage());
      } else if (update.getCallbackQuery() != null) {
        return Optional.of(pressed(update.getCallbackQuery()));
      } else if (update.getInlineQuery() != null) {
        return Optional.of(searched(update.getInlineQuery()));
      } else if (update.getMyChatMember() != null) {
        return Optional.of(membership(update.getMyChatMember()));
      } else if (update.getChatMember() != null) {
        return Optional.of(membership(update.getChatMember()));
      }
    } catch (RuntimeException incomplete) {
      log.warn(
          "Telegram's update {} is not as it should be: {}",
          update.getUpdateId(),
          incomplete.getClass().getSimpleName());
    }
    return Optional.empty();
  }

  private Optional<Incoming> message(Message message) {
    long chat = message.getChat().getId();
    if (message.getMigrateToChatId() != null) {
      return Optional.of(new Moved(chat, message.getMigrateToChatId()));
    } else if (message.getMigrateFromChatId() != null) {
      return Optional.of(new Moved(message.getMigrateFromChatId(), chat));
    }
    Optional<Sender> sender = isRepeated(message) ? Optional.empty() : sender(message);
    return sender
        .flatMap(who -> said(who, message))
        .filter(UpdateReader::isForBot)
        .map(said -> said);
  }

  /** Said elsewhere, or shown by this bot itself. */
  private boolean isRepeated(Message message) {
    boolean picture = message.getText() == null;
    return Boolean.TRUE.equals(message.getIsAutomaticForward())
        || (message.getViaBot() != null && message.getViaBot().getId() == bot)
        || (message.getForwardOrigin() != null && picture);
  }

  private static Optional<Sender> sender(Message message) {
    Chat inNameOf = message.getSenderChat();
    if (inNameOf != null) {
      String signature = message.getAuthorSignature();
      String name = signature == null ? name(inNameOf) : name(inNameOf) + " (" + signature + ")";
      long id = inNameOf.getId();
      return Optional.of(new Sender(id, name, Optional.empty(), OptionalLong.of(id)));
    }
    User user = message.getFrom();
    boolean somebody = user != null && !Boolean.TRUE.equals(user.getIsBot());
    return somebody && !MOUTHPIECES.contains(user.getId())
        ? Optional.of(sender(user))
        : Optional.empty();
  }

  private static Sender sender(User user) {
    String name =
        Stream.of(user.getFirstName(), user.getLastName())
            .filter(part -> part != null && !part.isBlank())
            .collect(Collectors.joining(" "));
    return new Sender(
        user.getId(),
        name.isEmpty() ? String.valueOf(user.getId()) : name,
        Optional.ofNullable(user.getLanguageCode()).filter(code -> !code.isBlank()),
        OptionalLong.empty());
  }

  private static String name(Chat chat) {
    return Optional.ofNullable(chat.getTitle()).orElseGet(() -> String.valueOf(chat.getId()));
  }

  private Optional<Said> said(Sender sender, Message message) {
    String text = message.getText() == null ? message.getCaption() : message.getText();
    if (text == null || text.isBlank()) {
      return Optional.empty();
    }
    Optional<Message> replied = repliedTo(message);
    OptionalLong author = replied.map(UpdateReader::author).orElse(OptionalLong.empty());
    boolean toBot = author.isPresent() && author.getAsLong() == bot;
    return Optional.of(
        new Said(
            sender,
            room(message),
            message.getMessageId(),
            message.getDate(),
            text,
            toBot ? replied.map(UpdateReader::replied) : Optional.empty(),
            toBot ? OptionalLong.empty() : author));
  }

  /** In a topic of a forum, what replies to nothing is given as a reply to its beginning. */
  private static Optional<Message> repliedTo(Message message) {
    return Optional.ofNullable(message.getReplyToMessage())
        .filter(replied -> replied.getForumTopicCreated() == null);
  }

  /** Who wrote a message; the chat in whose name they did, where they have no name. */
  private static OptionalLong author(Message message) {
    if (message.getSenderChat() != null) {
      return OptionalLong.of(message.getSenderChat().getId());
    }
    User user = message.getFrom();
    return user == null ? OptionalLong.empty() : OptionalLong.of(user.getId());
  }

  /** In a group only commands, and answers to what the bot has asked. */
  private static boolean isForBot(Said said) {
    return !said.room().group() || said.text().startsWith("/") || said.replied().isPresent();
  }

  private static Replied replied(Message message) {
    String text = message.getText() == null ? message.getCaption() : message.getText();
    return new Replied(
        message.getMessageId(), Objects.requireNonNullElse(text, ""), actions(message));
  }

  private static List<String> actions(Message message) {
    InlineKeyboardMarkup keyboard = message.getReplyMarkup();
    return keyboard == null
        ? List.of()
        : keyboard.getKeyboard().stream()
            .flatMap(List::stream)
            .map(InlineKeyboardButton::getCallbackData)
            .filter(Objects::nonNull)
            .toList();
  }

  private static Room room(Message message) {
    boolean topic = Boolean.TRUE.equals(message.getIsTopicMessage());
    return room(
        message.getChat(),
        topic && message.getMessageThreadId() != null
            ? OptionalInt.of(message.getMessageThreadId())
            : OptionalInt.empty());
  }

  private static Room room(Chat chat, OptionalInt thread) {
    return new Room(chat.getId(), !"private".equals(chat.getType()), thread);
  }

  private static Pressed pressed(CallbackQuery query) {
    MaybeInaccessibleMessage message = query.getMessage();
    Optional<Room> room =
        message instanceof Message known
            ? Optional.of(room(known))
            : Optional.ofNullable(message).map(old -> room(old.getChat(), OptionalInt.empty()));
    return new Pressed(
        sender(query.getFrom()),
        Objects.requireNonNull(query.getId()),
        room,
        message == null ? 0 : message.getMessageId(),
        message instanceof Message known && known.getText() != null,
        Objects.requireNonNullElse(query.getData(), ""));
  }

  private static Searched searched(InlineQuery query) {
    return new Searched(
        sender(query.getFrom()),
        Objects.requireNonNull(query.getId()),
        Objects.requireNonNullElse(query.getQuery(), ""),
        Objects.requireNonNullElse(query.getOffset(), ""));
  }

  private Membership membership(ChatMemberUpdated change) {
    ChatMember now = change.getNewChatMember();
    boolean itself = now != null && now.getUser().getId() == bot;
    return new Membership(
        sender(change.getFrom()),
        room(change.getChat(), OptionalInt.empty()),
        itself && isPresent(now) && !isPresent(change.getOldChatMember()));
  }

  private static boolean isPresent(ChatMember member) {
    return member != null && PRESENT.contains(member.getStatus());
  }
}

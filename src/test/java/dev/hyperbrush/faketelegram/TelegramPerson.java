package dev.hyperbrush.faketelegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hyperbrush.faketelegram.SeenMessage.SeenButton;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody with a client. Thread-safe. */
public final class TelegramPerson {
  private static final Pattern COMMAND =
      Pattern.compile("(?<![\\w/])/([a-zA-Z0-9_]{1,32})(?:@([a-zA-Z0-9_]{3,32}))?(?![\\w/])");
  private static final int MAX_TEXT = 4096;

  final User user;
  private final World world;
  private final TelegramChat own;

  TelegramPerson(World world, User user, TelegramChat own) {
    this.world = world;
    this.user = user;
    this.own = own;
  }

  public long id() {
    return user.id();
  }

  /** The private chat with the bot. */
  public TelegramChat chat() {
    return own;
  }

  /** Writes to the bot; the client sends what is too long as several messages. */
  public int say(String text) {
    return say(own, text);
  }

  /** Writes in a chat; returns the number of the last message. */
  public int say(TelegramChat where, String text) {
    return say(where, text, Optional.empty(), Optional.empty());
  }

  /** Writes in a topic. */
  public int sayIn(TelegramChat where, int topic, String text) {
    return say(where, text, Optional.of(topic), Optional.empty());
  }

  /** Writes a reply. */
  public int reply(TelegramChat where, int to, String text) {
    return say(where, text, Optional.empty(), Optional.of(to));
  }

  /** Opens a link {@code t.me/bot?start=payload}. */
  public int open(String payload) {
    return say("/start " + payload);
  }

  private int say(TelegramChat where, String text, Optional<Integer> topic, Optional<Integer> to) {
    synchronized (world) {
      int id = 0;
      for (String part : parts(text)) {
        id = post(where.chat, part, topic, to).id;
      }
      return id;
    }
  }

  private static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    for (int from = 0; from < text.length(); ) {
      int to = Math.min(text.length(), from + MAX_TEXT);
      if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
        to--;
      }
      parts.add(text.substring(from, to));
      from = to;
    }
    return parts;
  }

  private Message post(Chat chat, String text, Optional<Integer> topic, Optional<Integer> to) {
    chat.started = true;
    Message message = world.message(chat, user);
    message.repliesTo = to.map(chat.messages::get);
    message.thread = topic.or(() -> message.repliesTo.flatMap(replied -> replied.thread));
    message.anonymous = chat.anonymous.contains(user.id());
    message.words = new Formatted(text, commands(text));
    if (reaches(message)) {
      world.updates.add("message", message.json(world.bot));
    }
    world.notifyAll();
    return message;
  }

  private static List<Formatted.Span> commands(String text) {
    List<Formatted.Span> commands = new ArrayList<>();
    Matcher found = COMMAND.matcher(text);
    while (found.find()) {
      int length = found.end() - found.start();
      commands.add(new Formatted.Span("bot_command", found.start(), length, Optional.empty()));
    }
    return commands;
  }

  /** What a bot in privacy mode gets of a group: commands, and replies to itself. */
  private boolean reaches(Message message) {
    Chat chat = message.chat;
    if (!chat.isGroup() || chat.botAdministrator) {
      return !chat.botKicked;
    }
    String mention = "@" + world.bot.name().orElse("");
    boolean command =
        message.words.spans().stream()
            .map(s -> message.words.text().substring(s.offset(), s.offset() + s.length()))
            .map(said -> said.toLowerCase(Locale.ROOT))
            .anyMatch(said -> said.indexOf('@') < 0 || said.endsWith(mention));
    boolean reply = message.repliesTo.filter(to -> to.isFrom(world.bot)).isPresent();
    return !chat.botKicked && (command || reply);
  }

  /** Its message comes in two updates, as it never should. */
  public void sayTwice(String text) {
    synchronized (world) {
      Message message = post(own.chat, text, Optional.empty(), Optional.empty());
      world.updates.add("message", message.json(world.bot));
    }
  }

  /** Writes it otherwise. */
  public void rewrite(TelegramChat where, int id, String text) {
    synchronized (world) {
      Message message = where.chat.known(id);
      message.words = new Formatted(text, commands(text));
      message.edited = Optional.of(world.now());
      if (reaches(message)) {
        world.updates.add("edited_message", message.json(world.bot));
      }
    }
  }

  /** Presses the first button whose data starts so. */
  public Press press(TelegramChat where, SeenMessage message, String dataStart) {
    SeenButton button =
        where
            .message(message.id())
            .button(dataStart)
            .orElseThrow(() -> new NoSuchElementException(dataStart + " in " + message));
    return pressData(where, message.id(), button.data().orElseThrow());
  }

  /** Sends the data of a button, which a changed client may do with any. */
  public Press pressData(TelegramChat where, int messageId, String data) {
    synchronized (world) {
      Press press = new Press(world, "4" + world.nextId(), world.now());
      world.presses.put(press.id, press);
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("id", press.id).put("chat_instance", "1" + where.id()).put("data", data);
      json.set("from", user.json());
      json.set("message", where.chat.known(messageId).json(world.bot));
      world.updates.add("callback_query", json);
      return press;
    }
  }

  /** Types the bot's name and this in some chat. */
  public InlineAsk type(String query) {
    return type(query, "");
  }

  /** Scrolls on from where the bot's answer ended. */
  public InlineAsk type(String query, String offset) {
    synchronized (world) {
      InlineAsk ask = new InlineAsk(world, "8" + world.nextId(), user, query);
      world.asks.put(ask.id, ask);
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("id", ask.id).put("query", query).put("offset", offset).put("chat_type", "group");
      json.set("from", user.json());
      world.updates.add("inline_query", json);
      return ask;
    }
  }

  /** Takes one of the results: it is then a message of this person. */
  public SeenMessage choose(InlineAsk ask, TelegramChat where, int result) {
    JsonNode chosen = ask.answer().orElseThrow().results().get(result);
    synchronized (world) {
      Message message = world.message(where.chat, user);
      message.viaBot = true;
      Inline.fill(world, message, chosen);
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("result_id", chosen.path("id").asText()).put("query", ask.query);
      json.set("from", user.json());
      world.updates.add("chosen_inline_result", json);
      return SeenMessage.of(message);
    }
  }

  /** Wants nothing more from the bot. */
  public void block() {
    blocked(true);
  }

  public void unblock() {
    blocked(false);
  }

  private void blocked(boolean blocked) {
    synchronized (world) {
      own.chat.blocked = blocked;
      String status = blocked ? "kicked" : "member";
      String before = blocked ? "member" : "kicked";
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.set("chat", own.chat.json());
      json.set("from", user.json());
      json.put("date", world.now().getEpochSecond());
      json.set("old_chat_member", world.member(own.chat, world.bot, before));
      json.set("new_chat_member", world.member(own.chat, world.bot, status));
      world.updates.add("my_chat_member", json);
    }
  }
}

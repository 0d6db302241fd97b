package dev.hyperbrush.faketelegram;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All that the server knows. Guarded by itself: whoever reads or writes holds its monitor. */
final class World {
  final InstantSource clock;
  final User bot;
  final Journal journal = new Journal();
  final Files files = new Files();
  final Updates updates = new Updates(this);
  final Rates rates = new Rates();
  final Map<Long, User> people = new HashMap<>();
  final Map<Long, Chat> chats = new HashMap<>();
  final Map<String, Press> presses = new HashMap<>();
  final Map<String, InlineAsk> asks = new HashMap<>();

  /** What the bot said about itself: commands by scope and language, descriptions. */
  final Map<String, String> profile = new TreeMap<>();

  boolean open = true;
  private long nextId = 5_000_000_001L;
  private int nextMessage = 1;

  World(InstantSource clock, User bot) {
    this.clock = clock;
    this.bot = bot;
  }

  Instant now() {
    return clock.instant();
  }

  long nextId() {
    return nextId++;
  }

  Chat chat(Chat.Kind kind, long id, String title, boolean forum) {
    Chat chat = new Chat(id, kind, title, forum);
    chats.put(id, chat);
    return chat;
  }

  /** A new message, in its chat. */
  Message message(Chat chat, User from) {
    Message message = new Message(nextMessage++, chat, from, now());
    chat.messages.put(message.id, message);
    return message;
  }

  /** As it is said to bots: {@code {status, user, ...}}. */
  ObjectNode member(Chat chat, User user, String status) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("status", status);
    json.set("user", user.json());
    switch (status) {
      case "creator" -> json.put("is_anonymous", chat.anonymous.contains(user.id()));
      case "administrator" -> administrator(json, chat.anonymous.contains(user.id()));
      case "kicked" -> json.put("until_date", 0);
      default -> {}
    }
    return json;
  }

  private static void administrator(ObjectNode json, boolean anonymous) {
    json.put("can_be_edited", false).put("is_anonymous", anonymous);
    for (String right :
        new String[] {
          "can_manage_chat",
          "can_delete_messages",
          "can_manage_video_chats",
          "can_restrict_members",
          "can_promote_members",
          "can_change_info",
          "can_invite_users",
          "can_post_stories",
          "can_edit_stories",
          "can_delete_stories"
        }) {
      json.put(right, true);
    }
  }

  Optional<User> person(long id) {
    return Optional.ofNullable(people.get(id));
  }
}

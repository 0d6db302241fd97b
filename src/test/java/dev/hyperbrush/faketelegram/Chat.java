package dev.hyperbrush.faketelegram;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/** A private chat, a group or a supergroup. Guarded by the world's monitor. */
final class Chat {
  enum Kind {
    PRIVATE("private"),
    GROUP("group"),
    SUPERGROUP("supergroup");

    final String word;

    Kind(String word) {
      this.word = word;
    }
  }

  final long id;
  final Kind kind;
  final String title;
  final boolean forum;
  final Map<Integer, Message> messages = new LinkedHashMap<>();

  /** By the person's id: creator, administrator, member, left or kicked. */
  final Map<Long, String> standing = new LinkedHashMap<>();

  final Set<Long> anonymous = new HashSet<>();
  final Map<Integer, String> topics = new LinkedHashMap<>();
  final Set<Integer> deletedTopics = new HashSet<>();

  /** What the bot may not do: {@code can_send_photos} and the like. */
  final Set<String> denied = new HashSet<>();

  boolean started;
  boolean blocked;
  boolean botKicked;
  boolean botAdministrator;
  Optional<Chat> upgradedTo = Optional.empty();

  Chat(long id, Kind kind, String title, boolean forum) {
    this.id = id;
    this.kind = kind;
    this.title = title;
    this.forum = forum;
  }

  boolean isGroup() {
    return kind != Kind.PRIVATE;
  }

  /** A message that is there. */
  Message known(int message) {
    Message known = messages.get(message);
    if (known == null) {
      throw new NoSuchElementException("no message " + message + " in chat " + id);
    }
    return known;
  }

  /** Whether the bot may not send {@code messages}, {@code photos} or {@code documents}. */
  boolean denies(String right) {
    return !botAdministrator && denied.contains("can_send_" + right);
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", id).put("type", kind.word);
    json.put(isGroup() ? "title" : "first_name", title);
    if (forum) {
      json.put("is_forum", true);
    }
    return json;
  }
}

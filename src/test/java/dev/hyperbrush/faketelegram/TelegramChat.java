package dev.hyperbrush.faketelegram;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** A chat as the people in it see it, and what they do with it. Thread-safe. */
public final class TelegramChat {
  final Chat chat;
  private final World world;

  TelegramChat(World world, Chat chat) {
    this.world = world;
    this.chat = chat;
  }

  public long id() {
    return chat.id;
  }

  /** All messages that are there, the oldest first. */
  public List<SeenMessage> messages() {
    synchronized (world) {
      return chat.messages.values().stream().map(SeenMessage::of).toList();
    }
  }

  /** Those of the bot. */
  public List<SeenMessage> fromBot() {
    return messages().stream().filter(SeenMessage::byBot).toList();
  }

  public SeenMessage message(int id) {
    return messages().stream()
        .filter(message -> message.id() == id)
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("no message " + id));
  }

  /** The last one of the bot. */
  public SeenMessage last() {
    return fromBot().getLast();
  }

  /** Opens a topic; returns its number. */
  public int topic(String name) {
    synchronized (world) {
      int id = Math.toIntExact(world.nextId() % 1_000_000);
      chat.topics.put(id, name);
      return id;
    }
  }

  public void deleteTopic(int id) {
    synchronized (world) {
      chat.topics.remove(id);
      chat.deletedTopics.add(id);
    }
  }

  public void admit(TelegramPerson person) {
    stand(person, "member");
  }

  public void promote(TelegramPerson person) {
    stand(person, "administrator");
  }

  /** An administrator whose messages are the group's. */
  public void promoteAnonymously(TelegramPerson person) {
    synchronized (world) {
      chat.anonymous.add(person.id());
      stand(person, "administrator");
    }
  }

  public void demote(TelegramPerson person) {
    stand(person, "member");
  }

  void stand(TelegramPerson person, String status) {
    synchronized (world) {
      String before = chat.standing.getOrDefault(person.id(), "left");
      chat.standing.put(person.id(), status);
      if (!before.equals(status)) {
        world.updates.add("chat_member", change(person.user, before, status));
      }
    }
  }

  private ObjectNode change(User user, String before, String after) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("chat", chat.json());
    json.set("from", user.json());
    json.put("date", world.now().getEpochSecond());
    json.set("old_chat_member", world.member(chat, user, before));
    json.set("new_chat_member", world.member(chat, user, after));
    return json;
  }

  /** The bot may no longer send {@code messages}, {@code photos} or {@code documents}. */
  public void forbid(String what) {
    synchronized (world) {
      chat.denied.add("can_send_" + what);
    }
  }

  public void allow(String what) {
    synchronized (world) {
      chat.denied.remove("can_send_" + what);
    }
  }

  public void kickBot() {
    bot("member", "kicked", true);
  }

  public void inviteBot() {
    bot("kicked", "member", false);
  }

  private void bot(String before, String after, boolean kicked) {
    synchronized (world) {
      chat.botKicked = kicked;
      world.updates.add("my_chat_member", change(world.bot, before, after));
    }
  }

  /** The bot is made an administrator: it then sees all that is written. */
  public void promoteBot() {
    synchronized (world) {
      chat.botAdministrator = true;
      world.updates.add("my_chat_member", change(world.bot, "member", "administrator"));
    }
  }

  /** Becomes a supergroup: all that are in it are in the new one, and its number is another. */
  public TelegramChat upgrade() {
    synchronized (world) {
      long id = -1_000_000_000_000L - world.nextId();
      Chat next = world.chat(Chat.Kind.SUPERGROUP, id, chat.title, false);
      next.standing.putAll(chat.standing);
      next.anonymous.addAll(chat.anonymous);
      chat.upgradedTo = Optional.of(next);
      service(chat, "migrate_to_chat_id", next.id);
      service(next, "migrate_from_chat_id", chat.id);
      return new TelegramChat(world, next);
    }
  }

  private void service(Chat where, String field, long id) {
    Message message = world.message(where, User.ANONYMOUS);
    world.updates.add("message", message.json(world.bot).put(field, id));
    where.messages.remove(message.id);
  }
}

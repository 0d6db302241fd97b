package dev.hyperbrush.faketelegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A message in a chat. Guarded by the world's monitor. */
final class Message {
  final int id;
  final Chat chat;
  final User from;
  final Instant date;
  final List<SeenMessage> revisions = new ArrayList<>();
  Formatted words = Formatted.EMPTY;
  List<StoredFile> photo = List.of();
  Optional<StoredFile> document = Optional.empty();
  boolean spoiler;
  Optional<JsonNode> keyboard = Optional.empty();
  Optional<Integer> thread = Optional.empty();
  Optional<Message> repliesTo = Optional.empty();
  Optional<String> album = Optional.empty();
  boolean viaBot;
  boolean anonymous;
  boolean gone;
  Optional<Instant> edited = Optional.empty();

  Message(int id, Chat chat, User from, Instant date) {
    this.id = id;
    this.chat = chat;
    this.from = from;
    this.date = date;
  }

  boolean isFrom(User user) {
    return from.id() == user.id();
  }

  boolean hasMedia() {
    return !photo.isEmpty() || document.isPresent();
  }

  /** As the server shows it to the bot. */
  ObjectNode json(User bot) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("message_id", id).put("date", date.getEpochSecond());
    json.set("chat", chat.json());
    json.set("from", (anonymous ? User.ANONYMOUS : from).json());
    if (anonymous) {
      json.set("sender_chat", chat.json());
    }
    if (viaBot) {
      json.set("via_bot", bot.json());
    }
    thread.ifPresent(topic -> json.put("message_thread_id", topic).put("is_topic_message", true));
    repliesTo.ifPresent(to -> json.set("reply_to_message", to.withoutReply(bot)));
    edited.ifPresent(at -> json.put("edit_date", at.getEpochSecond()));
    album.ifPresent(group -> json.put("media_group_id", group));
    keyboard.ifPresent(markup -> json.set("reply_markup", markup));
    content(json);
    return json;
  }

  private ObjectNode withoutReply(User bot) {
    ObjectNode json = json(bot);
    json.remove("reply_to_message");
    return json;
  }

  private void content(ObjectNode json) {
    if (!photo.isEmpty()) {
      ArrayNode sizes = json.putArray("photo");
      photo.forEach(size -> sizes.add(photoSize(size)));
    }
    document.ifPresent(file -> json.set("document", document(file)));
    if (spoiler) {
      json.put("has_media_spoiler", true);
    }
    if (!words.text().isEmpty()) {
      json.put(hasMedia() ? "caption" : "text", words.text());
      if (!words.spans().isEmpty()) {
        json.set(hasMedia() ? "caption_entities" : "entities", words.json());
      }
    }
  }

  private static ObjectNode photoSize(StoredFile file) {
    return file(file).put("width", file.width()).put("height", file.height());
  }

  private static ObjectNode document(StoredFile file) {
    return file(file).put("file_name", file.name()).put("mime_type", file.mimeType());
  }

  private static ObjectNode file(StoredFile file) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("file_id", file.id())
        .put("file_unique_id", "u" + file.id())
        .put("file_size", file.bytes().length);
  }
}

package dev.hyperbrush.faketelegram;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a message is to go, and who may. Used with the world's monitor held. */
record Target(Chat chat, Optional<Integer> thread, Optional<Message> repliesTo) {
  private static final String[] WITHOUT_EFFECT = {
    "disable_notification",
    "protect_content",
    "message_effect_id",
    "allow_paid_broadcast",
    "link_preview_options",
    "disable_web_page_preview",
    "show_caption_above_media"
  };

  /** Of one message. */
  static Target read(World world, Parameters parameters, String right) {
    return read(world, parameters, right, 1);
  }

  /**
   * Reads and checks it.
   *
   * @param right {@code messages}, {@code photos} or {@code documents}
   * @param count how many messages
   */
  static Target read(World world, Parameters parameters, String right, int count) {
    parameters.known(WITHOUT_EFFECT);
    Chat chat = reachable(world, parameters);
    if (chat.denies(right)) {
      String what = right.equals("messages") ? "text messages" : right;
      throw Refusal.misfortune("not enough rights to send " + what + " to the chat");
    }
    Optional<Integer> thread = thread(chat, parameters);
    Optional<Message> replied = replied(chat, parameters);
    Optional<Duration> wait = world.rates.messages(chat, count, world.now());
    if (wait.isPresent()) {
      world.journal.violation("rate", "too many messages to chat " + chat.id);
      throw Refusal.tooMany(Math.max(1, wait.get().toSeconds()));
    }
    return new Target(chat, thread, replied);
  }

  /** The chat of a request, if the bot can do anything there. */
  static Chat reachable(World world, Parameters parameters) {
    String id = parameters.required("chat_id");
    Chat chat = world.chats.get(Parameters.number("chat_id", id));
    if (chat == null) {
      throw Refusal.misfortune("chat not found");
    }
    if (chat.upgradedTo.isPresent()) {
      throw Refusal.upgraded(chat.upgradedTo.get().id);
    }
    if (chat.botKicked) {
      throw Refusal.forbidden("bot was kicked from the " + chat.kind.word + " chat");
    }
    if (chat.blocked) {
      throw Refusal.forbidden("bot was blocked by the user");
    }
    if (!chat.isGroup() && !chat.started) {
      throw Refusal.forbidden("bot can't initiate conversation with a user");
    }
    return chat;
  }

  private static Optional<Integer> thread(Chat chat, Parameters parameters) {
    Optional<Integer> thread = parameters.number("message_thread_id").map(Math::toIntExact);
    if (thread.isPresent() && chat.deletedTopics.contains(thread.get())) {
      throw Refusal.misfortune("message thread not found");
    }
    if (thread.isPresent() && !chat.topics.containsKey(thread.get())) {
      throw Refusal.mistake("message thread not found");
    }
    return thread;
  }

  private static Optional<Message> replied(Chat chat, Parameters parameters) {
    JsonNode reply = parameters.json("reply_parameters").orElse(Parameters.JSON.createObjectNode());
    Optional<Long> id =
        parameters
            .number("reply_to_message_id")
            .or(() -> Optional.ofNullable(reply.get("message_id")).map(JsonNode::asLong));
    boolean without =
        Stream.of(
                parameters.flag("allow_sending_without_reply"),
                reply.path("allow_sending_without_reply").asBoolean())
            .anyMatch(flag -> flag);
    Optional<Message> message =
        id.map(number -> chat.messages.get(number.intValue())).filter(found -> !found.gone);
    if (id.isPresent() && message.isEmpty() && !without) {
      throw Refusal.misfortune("message to be replied not found");
    }
    return message;
  }

  /** The message, in its chat. */
  Message post(World world, Formatted words) {
    Message message = world.message(chat, world.bot);
    message.words = words;
    message.thread = thread;
    message.repliesTo = repliesTo;
    return message;
  }
}

package dev.hyperbrush.faketelegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The methods that change messages. Called with the world's monitor held. */
final class EditMethods {
  private static final Duration DELETABLE = Duration.ofDays(2);

  private final World world;

  EditMethods(World world) {
    this.world = world;
  }

  Map<String, Method> methods() {
    return Map.of(
        "editmessagetext", this::editMessageText,
        "editmessagecaption", this::editMessageCaption,
        "editmessagemedia", this::editMessageMedia,
        "editmessagereplymarkup", this::editMessageReplyMarkup,
        "deletemessage", this::deleteMessage,
        "deletemessages", this::deleteMessages);
  }

  private JsonNode editMessageText(Parameters parameters) {
    Formatted text = Media.text(parameters);
    Optional<JsonNode> keyboard = Keyboards.edited(parameters.json("reply_markup"));
    Message message = editable(parameters);
    if (message.hasMedia()) {
      throw Refusal.mistake("there is no text in the message to edit");
    }
    return changed(message, text, keyboard);
  }

  private JsonNode editMessageCaption(Parameters parameters) {
    Formatted caption = Media.caption(parameters);
    Optional<JsonNode> keyboard = Keyboards.edited(parameters.json("reply_markup"));
    Message message = editable(parameters);
    if (!message.hasMedia()) {
      throw Refusal.mistake("there is no caption in the message to edit");
    }
    return changed(message, caption, keyboard);
  }

  private JsonNode editMessageReplyMarkup(Parameters parameters) {
    Optional<JsonNode> keyboard = Keyboards.edited(parameters.json("reply_markup"));
    Message message = editable(parameters);
    return changed(message, message.words, keyboard);
  }

  private JsonNode changed(Message message, Formatted words, Optional<JsonNode> keyboard) {
    if (message.words.equals(words) && message.keyboard.equals(keyboard)) {
      throw Refusal.misfortune(
          "message is not modified: specified new message content and reply markup are exactly"
              + " the same as a current content and reply markup of the message");
    }
    SeenMessage before = SeenMessage.of(message);
    message.words = words;
    return edited(message, keyboard, before);
  }

  private JsonNode editMessageMedia(Parameters parameters) {
    JsonNode item = parameters.json("media").orElseThrow(() -> Refusal.mistake("no media"));
    Optional<JsonNode> keyboard = Keyboards.edited(parameters.json("reply_markup"));
    Media media = Media.input(world, parameters, item);
    Message message = editable(parameters);
    String right = media.isPhoto() ? "photos" : "documents";
    if (message.chat.denies(right)) {
      throw Refusal.misfortune("not enough rights to send " + right + " to the chat");
    }
    if (message.album.isPresent() && message.photo.isEmpty() == media.isPhoto()) {
      throw Refusal.mistake("message of an album must keep its type");
    }
    SeenMessage before = SeenMessage.of(message);
    media.into(message);
    return edited(message, keyboard, before);
  }

  private JsonNode edited(Message message, Optional<JsonNode> keyboard, SeenMessage before) {
    message.keyboard = keyboard;
    message.edited = Optional.of(world.now());
    message.revisions.add(before);
    world.notifyAll();
    return message.json(world.bot);
  }

  private Message editable(Parameters parameters) {
    parameters.known("link_preview_options", "disable_web_page_preview", "inline_message_id");
    parameters.known("show_caption_above_media");
    Chat chat = Target.reachable(world, parameters);
    long id = Parameters.number("message_id", parameters.required("message_id"));
    Message message = chat.messages.get((int) id);
    if (message == null || message.gone) {
      throw Refusal.misfortune("message to edit not found");
    }
    if (!message.isFrom(world.bot)) {
      throw Refusal.mistake("message can't be edited");
    }
    Optional<Duration> wait = world.rates.messages(chat, 1, world.now());
    if (wait.isPresent()) {
      world.journal.violation("rate", "too many edits in chat " + chat.id);
      throw Refusal.tooMany(Math.max(1, wait.get().toSeconds()));
    }
    return message;
  }

  private JsonNode deleteMessage(Parameters parameters) {
    Chat chat = Target.reachable(world, parameters);
    long id = Parameters.number("message_id", parameters.required("message_id"));
    delete(deletable(chat, id));
    return JsonNodeFactory.instance.booleanNode(true);
  }

  private JsonNode deleteMessages(Parameters parameters) {
    Chat chat = Target.reachable(world, parameters);
    JsonNode ids = parameters.json("message_ids").orElseThrow(() -> Refusal.mistake("no ids"));
    if (ids.isEmpty() || ids.size() > 100) {
      throw Refusal.mistake("deleteMessages takes 1-100 messages");
    }
    List<Message> messages = ids.valueStream().map(id -> deletable(chat, id.asLong())).toList();
    messages.forEach(EditMethods::delete);
    return JsonNodeFactory.instance.booleanNode(true);
  }

  private Message deletable(Chat chat, long id) {
    Message message = chat.messages.get((int) id);
    if (message == null || message.gone) {
      throw Refusal.misfortune("message to delete not found");
    }
    boolean foreign = !message.isFrom(world.bot) && chat.isGroup() && !chat.botAdministrator;
    if (foreign || message.date.plus(DELETABLE).isBefore(world.now())) {
      throw Refusal.misfortune("message can't be deleted for everyone");
    }
    return message;
  }

  private static void delete(Message message) {
    message.gone = true;
    message.chat.messages.remove(message.id);
  }
}

package dev.hyperbrush.faketelegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The methods that make messages. Called with the world's monitor held. */
final class SendMethods {
  private static final Set<String> ACTIONS =
      Set.of("typing", "upload_photo", "upload_document", "choose_sticker", "find_location");

  private final World world;

  SendMethods(World world) {
    this.world = world;
  }

  Map<String, Method> methods() {
    return Map.of(
        "sendmessage", this::sendMessage,
        "sendphoto", this::sendPhoto,
        "senddocument", this::sendDocument,
        "sendmediagroup", this::sendMediaGroup,
        "sendchataction", this::sendChatAction);
  }

  private JsonNode sendMessage(Parameters parameters) {
    Formatted text = Media.text(parameters);
    Optional<JsonNode> keyboard = Keyboards.sent(parameters.json("reply_markup"));
    return posted(Target.read(world, parameters, "messages").post(world, text), keyboard);
  }

  private JsonNode sendPhoto(Parameters parameters) {
    Formatted caption = Media.caption(parameters);
    Optional<JsonNode> keyboard = Keyboards.sent(parameters.json("reply_markup"));
    boolean spoiler = parameters.flag("has_spoiler");
    List<StoredFile> photo = Media.photo(world, parameters, parameters.text("photo"), "photo");
    Message message = Target.read(world, parameters, "photos").post(world, caption);
    message.photo = photo;
    message.spoiler = spoiler;
    return posted(message, keyboard);
  }

  private JsonNode sendDocument(Parameters parameters) {
    parameters.known("disable_content_type_detection", "thumbnail");
    Formatted caption = Media.caption(parameters);
    Optional<JsonNode> keyboard = Keyboards.sent(parameters.json("reply_markup"));
    StoredFile document =
        Media.document(world, parameters, parameters.text("document"), "document");
    Message message = Target.read(world, parameters, "documents").post(world, caption);
    message.document = Optional.of(document);
    return posted(message, keyboard);
  }

  private JsonNode posted(Message message, Optional<JsonNode> keyboard) {
    message.keyboard = keyboard;
    world.notifyAll();
    return message.json(world.bot);
  }

  private JsonNode sendMediaGroup(Parameters parameters) {
    JsonNode items = parameters.json("media").orElseThrow(() -> Refusal.mistake("no media"));
    if (items.size() < 2 || items.size() > 10) {
      throw Refusal.mistake("media group must include 2-10 items, got " + items.size());
    }
    if (parameters.text("reply_markup").isPresent()) {
      throw Refusal.mistake("a media group has no reply_markup");
    }
    List<Media> media =
        items.valueStream().map(item -> Media.input(world, parameters, item)).toList();
    if (media.stream().map(Media::isPhoto).distinct().count() > 1) {
      throw Refusal.mistake("documents can't be mixed with other media types");
    }
    String right = media.getFirst().isPhoto() ? "photos" : "documents";
    Target target = Target.read(world, parameters, right, media.size());
    String album = Long.toString(world.nextId());
    ArrayNode result = JsonNodeFactory.instance.arrayNode();
    for (Media item : media) {
      Message message = target.post(world, item.caption());
      item.into(message);
      message.album = Optional.of(album);
      result.add(posted(message, Optional.empty()));
    }
    return result;
  }

  private JsonNode sendChatAction(Parameters parameters) {
    parameters.known("message_thread_id");
    String action = parameters.required("action");
    if (!ACTIONS.contains(action)) {
      throw Refusal.mistake("wrong parameter action in request");
    }
    Target.reachable(world, parameters);
    return JsonNodeFactory.instance.booleanNode(true);
  }
}

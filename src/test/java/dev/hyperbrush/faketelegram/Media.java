package dev.hyperbrush.faketelegram;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * What a message shows besides text. Immutable.
 *
 * @param photo of all sizes, empty if it is a document
 */
record Media(
    List<StoredFile> photo, Optional<StoredFile> document, boolean spoiler, Formatted caption) {
  private static final int MAX_TEXT = 4096;
  private static final int MAX_CAPTION = 1024;
  private static final String ATTACH = "attach://";

  boolean isPhoto() {
    return !photo.isEmpty();
  }

  void into(Message message) {
    message.photo = photo;
    message.document = document;
    message.spoiler = spoiler;
    message.words = caption;
  }

  /** {@code text} of a message. */
  static Formatted text(Parameters parameters) {
    Formatted text =
        Formatted.read(
            parameters.text("text").orElse(""),
            parameters.text("parse_mode"),
            parameters.json("entities"));
    if (text.text().isEmpty()) {
      throw Refusal.mistake("message text is empty");
    }
    if (text.text().length() > MAX_TEXT) {
      throw Refusal.mistake("message is too long");
    }
    return text;
  }

  static Formatted caption(Parameters parameters) {
    return caption(
        parameters.text("caption"),
        parameters.text("parse_mode"),
        parameters.json("caption_entities"));
  }

  private static Formatted caption(
      Optional<String> text, Optional<String> mode, Optional<JsonNode> entities) {
    Formatted caption = Formatted.read(text.orElse(""), mode, entities);
    if (caption.text().length() > MAX_CAPTION) {
      throw Refusal.mistake("message caption is too long");
    }
    return caption;
  }

  /** One of the objects {@code InputMediaPhoto} and {@code InputMediaDocument}. */
  static Media input(World world, Parameters parameters, JsonNode item) {
    Formatted caption =
        caption(text(item, "caption"), text(item, "parse_mode"), node(item, "caption_entities"));
    Optional<String> media = text(item, "media");
    boolean spoiler = item.path("has_spoiler").asBoolean();
    return switch (item.path("type").asText()) {
      case "photo" ->
          new Media(photo(world, parameters, media, ""), Optional.empty(), spoiler, caption);
      case "document" ->
          new Media(List.of(), Optional.of(document(world, parameters, media, "")), false, caption);
      default -> throw Refusal.mistake("media type is not a photo or document: " + item);
    };
  }

  private static Optional<JsonNode> node(JsonNode item, String name) {
    return Optional.ofNullable(item.get(name)).filter(node -> !node.isNull());
  }

  private static Optional<String> text(JsonNode item, String name) {
    return node(item, name).map(JsonNode::asText);
  }

  static List<StoredFile> photo(
      World world, Parameters parameters, Optional<String> value, String part) {
    return upload(parameters, value, part)
        .map(world.files::photo)
        .orElseGet(() -> world.files.known(value.orElseThrow(), true));
  }

  static StoredFile document(
      World world, Parameters parameters, Optional<String> value, String part) {
    return upload(parameters, value, part)
        .map(world.files::document)
        .orElseGet(() -> world.files.known(value.orElseThrow(), false).getFirst());
  }

  /** What was uploaded, in the part of the parameter's name or the one that the value names. */
  private static Optional<Upload> upload(
      Parameters parameters, Optional<String> value, String part) {
    Optional<Upload> own = parameters.file(part);
    if (own.isPresent()) {
      return own;
    }
    String name = value.orElseThrow(() -> Refusal.mistake("there is no file in the request"));
    if (!name.startsWith(ATTACH)) {
      return Optional.empty();
    }
    return Optional.of(
        parameters
            .file(name.substring(ATTACH.length()))
            .orElseThrow(() -> Refusal.mistake("can't find a part of the request: " + name)));
  }
}

package dev.hyperbrush.faketelegram;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Makes a message of a result of the inline mode. Called with the world's monitor held. */
final class Inline {
  private Inline() {}

  static void fill(World world, Message message, JsonNode result) {
    message.keyboard =
        Optional.ofNullable(result.get("reply_markup")).filter(node -> !node.isNull());
    switch (result.path("type").asText()) {
      case "photo" -> {
        message.photo = world.files.known(result.path("photo_file_id").asText(), true);
        message.words = QueryMethods.caption(result);
      }
      case "document" -> {
        String id = result.path("document_file_id").asText();
        message.document = Optional.of(world.files.known(id, false).getFirst());
        message.words = QueryMethods.caption(result);
      }
      default -> {
        JsonNode content = result.path("input_message_content");
        message.words =
            Formatted.read(
                content.path("message_text").asText(),
                Optional.ofNullable(content.get("parse_mode")).map(JsonNode::asText),
                Optional.ofNullable(content.get("entities")));
      }
    }
  }
}

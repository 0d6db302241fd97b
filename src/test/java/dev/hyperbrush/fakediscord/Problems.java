package dev.hyperbrush.fakediscord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** What is wrong with one request, in the tree of Discord's error 50035. Used by one thread. */
final class Problems {
  private final ObjectNode tree = Json.object();

  /** At a path such as {@code components.0.label}. */
  void add(String path, String code, String message) {
    ObjectNode node = tree;
    for (String step : path.split("\\.", -1)) {
      node = node.withObjectProperty(step);
    }
    node.withArrayProperty("_errors").addObject().put("code", code).put("message", message);
  }

  void invalid(String path, String message) {
    add(path, "BASE_TYPE_BAD_VALUE", message);
  }

  void required(String path) {
    add(path, "BASE_TYPE_REQUIRED", "This field is required");
  }

  /** In code points. */
  void length(String path, String text, int least, int most) {
    int length = text.codePointCount(0, text.length());
    if (length < least || length > most) {
      add(
          path,
          "BASE_TYPE_BAD_LENGTH",
          "Must be between " + least + " and " + most + " in length.");
    }
  }

  /** Checks what must be there and be a text. */
  void text(JsonNode node, String field, String path, int least, int most) {
    if (!Json.has(node, field)) {
      required(join(path, field));
    } else if (!node.path(field).isTextual()) {
      add(join(path, field), "STRING_TYPE_CONVERT", "Could not interpret as string.");
    } else {
      length(join(path, field), node.path(field).asText(), least, most);
    }
  }

  /** Checks what may be absent. */
  void optionalText(JsonNode node, String field, String path, int least, int most) {
    if (Json.has(node, field)) {
      text(node, field, path, least, most);
    }
  }

  void count(String path, JsonNode array, int least, int most) {
    if (array.size() < least || array.size() > most) {
      add(
          path,
          "BASE_TYPE_BAD_LENGTH",
          "Must be between " + least + " and " + most + " in length.");
    }
  }

  /** Path and step, where a path may be empty. */
  static String join(String path, Object step) {
    return path.isEmpty() ? step.toString() : path + "." + step;
  }

  void throwIfAny() {
    if (!tree.isEmpty()) {
      throw new ApiError(400, 50035, "Invalid Form Body", Optional.of(tree));
    }
  }
}

package dev.hyperbrush.fakediscord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** A modal that a person has filled in. */
final class ModalForm {
  private ModalForm() {}

  static ArrayNode filled(JsonNode components, Map<String, String> fields) {
    for (String field : fields.keySet()) {
      if (ComponentTree.all(components)
          .noneMatch(component -> component.path("custom_id").asText().equals(field))) {
        throw new IllegalArgumentException("no field " + field + " in " + components);
      }
    }
    ArrayNode filled = Json.array();
    components.forEach(component -> filled.add(top(component, fields)));
    return filled;
  }

  private static ObjectNode top(JsonNode component, Map<String, String> fields) {
    int type = ComponentTree.type(component);
    ObjectNode json = Json.object().put("type", type).put("id", component.path("id").asInt(1));
    if (type == ComponentTree.LABEL) {
      json.set("component", field(component.path("component"), fields));
    } else if (type == ComponentTree.ROW) {
      ArrayNode children = json.putArray("components");
      component.path("components").forEach(child -> children.add(field(child, fields)));
    }
    return json;
  }

  private static ObjectNode field(JsonNode field, Map<String, String> fields) {
    String customId = field.path("custom_id").asText();
    int type = ComponentTree.type(field);
    ObjectNode json =
        Json.object()
            .put("type", type)
            .put("id", field.path("id").asInt(1))
            .put("custom_id", customId);
    String typed = fields.getOrDefault(customId, field.path("value").asText(""));
    switch (type) {
      case ComponentTree.TEXT_INPUT -> {
        checkLength(field, typed);
        json.put("value", typed);
      }
      case ComponentTree.CHECKBOX -> json.put("value", Boolean.parseBoolean(typed));
      case ComponentTree.RADIO_GROUP -> json.put("value", typed.isEmpty() ? null : typed);
      default -> {
        ArrayNode values = json.putArray("values");
        if (!typed.isEmpty()) {
          values.add(typed);
        }
      }
    }
    return json;
  }

  private static void checkLength(JsonNode field, String typed) {
    int least = field.path("required").asBoolean(true) ? 1 : 0;
    int length = typed.length();
    if (length < Math.max(least, field.path("min_length").asInt(0))
        || length > field.path("max_length").asInt(4000)) {
      throw new IllegalArgumentException("the field does not take " + length + " characters");
    }
  }
}

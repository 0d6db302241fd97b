package dev.hyperbrush.fakediscord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The kinds of components, and walks through trees of them. */
final class ComponentTree {
  static final int ROW = 1;
  static final int BUTTON = 2;
  static final int STRING_SELECT = 3;
  static final int TEXT_INPUT = 4;
  static final int SECTION = 9;
  static final int TEXT = 10;
  static final int THUMBNAIL = 11;
  static final int GALLERY = 12;
  static final int FILE = 13;
  static final int SEPARATOR = 14;
  static final int CONTAINER = 17;
  static final int LABEL = 18;
  static final int FILE_UPLOAD = 19;
  static final int RADIO_GROUP = 21;
  static final int CHECKBOX_GROUP = 22;
  static final int CHECKBOX = 23;

  private ComponentTree() {}

  /** All components in a list and below them, from the top. */
  static Stream<JsonNode> all(JsonNode components) {
    return components
        .valueStream()
        .flatMap(component ->
            Stream.of(
                    Stream.of(component),
                    all(component.path("components")),
                    one(component, "accessory"),
                    one(component, "component"))
                .flatMap(stream -> stream));
  }

  private static Stream<JsonNode> one(JsonNode component, String field) {
    return component.path(field).isObject()
        ? all(Json.array(List.of(component.path(field))))
        : Stream.of();
  }

  static int type(JsonNode component) {
    return component.path("type").asInt();
  }

  /** The nodes with a {@code url} that may refer to a file of the message. */
  static List<ObjectNode> media(JsonNode components) {
    List<ObjectNode> found = new ArrayList<>();
    all(components)
        .forEach(component -> {
          add(found, component.path("media"));
          add(found, component.path("file"));
          component.path("items").forEach(item -> add(found, item.path("media")));
        });
    return found;
  }

  private static void add(List<ObjectNode> found, JsonNode node) {
    if (node instanceof ObjectNode object) {
      found.add(object);
    }
  }
}

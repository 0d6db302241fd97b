package dev.hyperbrush.fakediscord;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file at a message, or one that a person puts into a command. Immutable; the bytes are not to be
 * changed.
 *
 * @param id 0 until Discord has it
 * @param description the alternative text
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record FakeFile(
    long id, String name, String type, byte[] bytes, Optional<String> description, String url) {
  public static FakeFile of(String name, byte[] bytes) {
    return new FakeFile(0, name, typeOf(name), bytes, Optional.empty(), "");
  }

  public boolean spoiler() {
    return name.startsWith("SPOILER_");
  }

  static String typeOf(String name) {
    String ending = name.substring(name.lastIndexOf('.') + 1);
    return switch (ending) {
      case "png", "webp", "gif" -> "image/" + ending;
      case "jpg", "jpeg" -> "image/jpeg";
      case "txt" -> "text/plain; charset=utf-8";
      case "json" -> "application/json";
      default -> "application/octet-stream";
    };
  }

  FakeFile described(@Nullable String text) {
    return new FakeFile(id, name, type, bytes, Optional.ofNullable(text), url);
  }

  ObjectNode json() {
    ObjectNode json =
        Json.object()
            .put("id", Json.id(id))
            .put("filename", name)
            .put("size", bytes.length)
            .put("url", url)
            .put("proxy_url", url)
            .put("content_type", type);
    description.ifPresent(text -> json.put("description", text));
    return json;
  }
}

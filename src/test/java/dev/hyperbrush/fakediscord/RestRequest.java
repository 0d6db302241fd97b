package dev.hyperbrush.fakediscord;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * A request that has arrived. Immutable.
 *
 * @param path the values in the place of the template's names
 * @param body JSON; missing if there is none
 * @param files that come with it, in the order in which they came
 * @param size of the whole body in bytes
 */
record RestRequest(
    Map<String, String> path,
    Map<String, String> query,
    JsonNode body,
    List<Upload> files,
    long size) {
  /**
   * A file of a multipart body.
   *
   * @param index n of {@code files[n]}
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Upload(String index, String name, byte[] bytes) {}

  RestRequest with(Map<String, String> names) {
    return new RestRequest(names, query, body, files, size);
  }

  /** A number in the path. */
  long id(String name) {
    try {
      return Long.parseUnsignedLong(path.getOrDefault(name, ""));
    } catch (NumberFormatException e) {
      throw new ApiError(400, 50035, "Invalid Form Body");
    }
  }

  String text(String name) {
    return path.getOrDefault(name, "");
  }

  boolean asks(String parameter) {
    return "true".equals(query.get(parameter));
  }

  ObjectNode object() {
    if (body instanceof ObjectNode object) {
      return object;
    }
    throw new ApiError(400, 50109, "The request body contains invalid JSON.");
  }

  static JsonNode json(String text) {
    try {
      return Json.parse(text);
    } catch (JsonProcessingException e) {
      throw new ApiError(400, 50109, "The request body contains invalid JSON.");
    }
  }
}

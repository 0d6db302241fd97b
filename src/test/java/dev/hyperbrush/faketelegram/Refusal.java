package dev.hyperbrush.faketelegram;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the server answers instead of a result. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;
  private final String description;
  private final transient ObjectNode parameters = JsonNodeFactory.instance.objectNode();
  private final boolean mistake;

  private Refusal(int code, String description, boolean mistake) {
    super(description, null, false, false);
    this.code = code;
    this.description = description;
    this.mistake = mistake;
  }

  /** What a well-made bot never provokes; a test can assert that there was none. */
  static Refusal mistake(String description) {
    return new Refusal(400, "Bad Request: " + description, true);
  }

  /** What can happen to every bot, since people do things. */
  static Refusal misfortune(String description) {
    return new Refusal(400, "Bad Request: " + description, false);
  }

  static Refusal forbidden(String description) {
    return new Refusal(403, "Forbidden: " + description, false);
  }

  static Refusal of(int code, String description) {
    return new Refusal(code, description, false);
  }

  static Refusal tooLarge() {
    return new Refusal(413, "Request Entity Too Large", true);
  }

  static Refusal tooMany(long seconds) {
    Refusal refusal = new Refusal(429, "Too Many Requests: retry after " + seconds, false);
    refusal.parameters.put("retry_after", seconds);
    return refusal;
  }

  static Refusal upgraded(long newId) {
    Refusal refusal = misfortune("group chat was upgraded to a supergroup chat");
    refusal.parameters.put("migrate_to_chat_id", newId);
    return refusal;
  }

  String description() {
    return description;
  }

  int code() {
    return code;
  }

  boolean isMistake() {
    return mistake;
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("ok", false).put("error_code", code).put("description", description);
    if (!parameters.isEmpty()) {
      json.set("parameters", parameters);
    }
    return json;
  }
}

package dev.hyperbrush.faketelegram;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A person or a bot. Immutable.
 *
 * @param language of the person's client, which need not say it
 */
record User(
    long id, boolean isBot, String firstName, Optional<String> name, Optional<String> language) {
  /** Whom messages of anonymous administrators are from. */
  static final User ANONYMOUS =
      new User(1_087_968_824, true, "Group", Optional.of("GroupAnonymousBot"), Optional.empty());

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", id).put("is_bot", isBot).put("first_name", firstName);
    name.ifPresent(value -> json.put("username", value));
    language.ifPresent(value -> json.put("language_code", value));
    return json;
  }
}

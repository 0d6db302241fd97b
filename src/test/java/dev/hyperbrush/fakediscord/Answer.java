package dev.hyperbrush.fakediscord;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** What a request is answered with. Immutable. */
record Answer(int status, Optional<JsonNode> body) {
  static Answer ok(JsonNode body) {
    return new Answer(200, Optional.of(body));
  }

  static Answer nothing() {
    return new Answer(204, Optional.empty());
  }
}

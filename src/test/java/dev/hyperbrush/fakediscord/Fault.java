package dev.hyperbrush.fakediscord;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** What a request meets in the place of its answer. Immutable. */
public sealed interface Fault {
  /** Another answer; nothing is done. */
  record Answer(int status, String body, Map<String, String> headers) implements Fault {}

  /** The connection is cut after some of the body has arrived; nothing is done. */
  record CutUpload() implements Fault {}

  /** What was asked is done, but the connection is cut before the answer. */
  record LostAnswer() implements Fault {}

  /** A server in trouble. */
  static Fault status(int status) {
    return new Answer(
        status,
        Json.object().put("message", status + ": Trouble").put("code", 0).toString(),
        Map.of());
  }

  /** A refusal of Discord's. */
  static Fault error(int status, int code, String message) {
    return new Answer(status, new ApiError(status, code, message).body().toString(), Map.of());
  }

  /** Asks to wait, as Discord does. */
  static Fault tooManyRequests(Duration wait) {
    return tooMany(wait, false, Map.of("Via", "1.1 google", "X-RateLimit-Scope", "user"));
  }

  /** Asks to wait with everything. */
  static Fault tooManyRequestsGlobally(Duration wait) {
    return tooMany(
        wait,
        true,
        Map.of("Via", "1.1 google", "X-RateLimit-Scope", "global", "X-RateLimit-Global", "true"));
  }

  /** Asks to wait, as the network's edge does, which never let the request through to Discord. */
  static Fault bannedByEdge(Duration wait) {
    return tooMany(wait, false, Map.of());
  }

  private static Fault tooMany(Duration wait, boolean global, Map<String, String> headers) {
    ObjectNode body =
        Json.object()
            .put("message", "You are being rate limited.")
            .put("retry_after", wait.toMillis() / 1000.0)
            .put("global", global);
    Map<String, String> all = new HashMap<>(headers);
    all.put("Retry-After", Long.toString((wait.toMillis() + 999) / 1000));
    return new Answer(429, body.toString(), Map.copyOf(all));
  }
}

package dev.hyperbrush.faketelegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What waits for the bot until it confirms it by asking for what comes after. Guarded by the
 * world's monitor.
 */
final class Updates {
  private static final Set<String> ONLY_WHEN_ASKED =
      Set.of("chat_member", "message_reaction", "message_reaction_count");
  private static final Set<String> KINDS =
      Set.of(
          "message",
          "edited_message",
          "channel_post",
          "edited_channel_post",
          "inline_query",
          "chosen_inline_result",
          "callback_query",
          "my_chat_member",
          "chat_member",
          "message_reaction",
          "message_reaction_count",
          "chat_join_request",
          "poll",
          "poll_answer");

  private final World world;
  private final TreeMap<Long, ObjectNode> waiting = new TreeMap<>();
  private final TreeMap<Long, ObjectNode> confirmed = new TreeMap<>();
  private Optional<Set<String>> allowed = Optional.empty();
  private long next = 700_000_001;
  private long polls;

  Updates(World world) {
    this.world = world;
  }

  /** Puts an update in the line, unless the bot does not want such; returns its number. */
  long add(String kind, JsonNode content) {
    boolean wanted =
        allowed.map(kinds -> kinds.contains(kind)).orElse(!ONLY_WHEN_ASKED.contains(kind));
    if (wanted) {
      ObjectNode update = JsonNodeFactory.instance.objectNode().put("update_id", next);
      update.set(kind, content);
      waiting.put(next, update);
      world.notifyAll();
    }
    return next++;
  }

  void numberFrom(long number) {
    next = number;
  }

  /** How many are not confirmed. */
  int waiting() {
    return waiting.size();
  }

  void drop() {
    waiting.clear();
  }

  /** The next ones, waited for: holds the monitor, which waiting gives back. */
  ArrayNode poll(Parameters parameters) throws InterruptedException {
    long offset = parameters.number("offset").orElse(0L);
    int limit = Math.clamp(parameters.number("limit").orElse(100L), 1, 100);
    long timeout = parameters.number("timeout").orElse(0L);
    parameters.json("allowed_updates").ifPresent(this::allow);
    confirm(offset);
    long mine = ++polls;
    world.notifyAll();
    long end = System.nanoTime() + Math.clamp(timeout, 0, 50) * 1_000_000_000L;
    while (waiting.isEmpty() && mine == polls && world.open) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        break;
      }
      world.wait(left);
    }
    if (mine != polls) {
      throw conflict();
    }
    ArrayNode result = JsonNodeFactory.instance.arrayNode();
    waiting.values().stream().limit(limit).forEach(result::add);
    return result;
  }

  static Refusal conflict() {
    return Refusal.of(
        409,
        "Conflict: terminated by other getUpdates request;"
            + " make sure that only one bot instance is running");
  }

  /** All that was ever confirmed waits again, under its number. */
  void forgetConfirmations() {
    waiting.putAll(confirmed);
    world.notifyAll();
  }

  private void confirm(long offset) {
    if (offset > 0) {
      confirmed.putAll(waiting.headMap(offset));
      waiting.headMap(offset).clear();
    }
    while (offset < 0 && waiting.size() > -offset) {
      waiting.pollFirstEntry();
    }
  }

  private void allow(JsonNode kinds) {
    Set<String> names = new HashSet<>();
    kinds.forEach(kind -> names.add(kind.asText()));
    names.stream()
        .filter(name -> !KINDS.contains(name))
        .forEach(name -> world.journal.violation("getupdates", "unknown kind of update " + name));
    allowed = names.isEmpty() ? Optional.empty() : Optional.of(Set.copyOf(names));
  }
}

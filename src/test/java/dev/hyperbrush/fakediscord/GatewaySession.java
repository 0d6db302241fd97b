package dev.hyperbrush.fakediscord;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A session at the gateway, which may outlive its connection. Under the world's lock. */
final class GatewaySession {
  final String id = UUID.randomUUID().toString().replace("-", "");
  final int shard;
  final int shards;
  final int intents;
  private final List<ObjectNode> events = new ArrayList<>();
  @Nullable GatewayConnection connection;
  boolean ended;
  private boolean repeats;

  GatewaySession(int shard, int shards, int intents) {
    this.shard = shard;
    this.shards = shards;
    this.intents = intents;
  }

  boolean serves(long guild) {
    return !ended && (guild >>> 22) % shards == shard;
  }

  void dispatch(String type, ObjectNode data) {
    ObjectNode event = Json.object().put("op", 0).put("s", events.size() + 1).put("t", type);
    event.set("d", data);
    events.add(event);
    if (connection != null) {
      connection.send(event);
    }
  }

  /** The next time, the client is taken to have heard of no interaction yet. */
  void repeat() {
    repeats = true;
  }

  /** Sends again what came after this number. */
  boolean replay(int after) {
    if (after < 0 || after > events.size() || connection == null) {
      return false;
    }
    if (repeats) {
      repeats = false;
      events.subList(0, after).stream()
          .filter(event -> event.path("t").asText().equals("INTERACTION_CREATE"))
          .forEach(connection::send);
    }
    events.subList(after, events.size()).forEach(connection::send);
    dispatch("RESUMED", Json.object());
    return true;
  }
}

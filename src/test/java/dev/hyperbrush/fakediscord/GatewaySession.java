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

  /** Sends again what came after this number. */
  boolean replay(int after) {
    if (after < 0 || after > events.size() || connection == null) {
      return false;
    }
    events.subList(after, events.size()).forEach(connection::send);
    dispatch("RESUMED", Json.object());
    return true;
  }
}

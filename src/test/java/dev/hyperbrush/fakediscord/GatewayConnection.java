package dev.hyperbrush.fakediscord;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/** One connection to the gateway: a thread reads, another writes. */
final class GatewayConnection {
  private static final int HEARTBEAT = 1;
  private static final int IDENTIFY = 2;
  private static final int PRESENCE = 3;
  private static final int RESUME = 6;
  private static final int RECONNECT = 7;
  private static final int MEMBERS = 8;
  private static final int INVALID_SESSION = 9;
  private static final int HELLO = 10;
  private static final int ACKNOWLEDGED = 11;
  private static final int MOST_BYTES = 4096;
  private static final int MOST_A_MINUTE = 120;
  private static final long MINUTE = 60_000_000_000L;

  private final FakeGateway gateway;
  private final WebSocket socket;
  private final BlockingQueue<Optional<ObjectNode>> outgoing = new LinkedBlockingQueue<>();
  private final Deque<Long> lastMinute = new ArrayDeque<>();
  private final Optional<Deflater> deflater;
  private @Nullable GatewaySession session;
  private int closing;
  private volatile boolean frozen;

  GatewayConnection(FakeGateway gateway, WebSocket socket) {
    this.gateway = gateway;
    this.socket = socket;
    deflater =
        "zlib-stream".equals(socket.query.get("compress"))
            ? Optional.of(new Deflater())
            : Optional.empty();
  }

  /** Serves until the connection ends. */
  void serve() {
    if (!"10".equals(socket.query.get("v")) || !"json".equals(socket.query.get("encoding"))) {
      gateway.world.violation("gateway asked for by " + socket.query);
    }
    Thread writer = Thread.ofVirtual().start(this::write);
    ObjectNode hello = Json.object().put("op", HELLO);
    hello.putObject("d").put("heartbeat_interval", gateway.heartbeatMillis());
    send(hello);
    try {
      Optional<byte[]> message = socket.read();
      while (message.isPresent()) {
        receive(message.get());
        message = socket.read();
      }
    } catch (IOException e) {
      // The client is gone, or is not to be talked to.
    } finally {
      gateway.world.locked(this::ended);
      outgoing.add(Optional.empty());
      join(writer);
      socket.cut();
    }
  }

  private static void join(Thread writer) {
    try {
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void ended() {
    gateway.forget(this);
    if (session != null && session.connection == this) {
      session.connection = null;
      int code = socket.closeCode();
      session.ended |= code == 1000 || code == 1001;
    }
  }

  void send(ObjectNode message) {
    if (!frozen) {
      outgoing.add(Optional.of(message));
    }
  }

  /** Nothing is sent any more. */
  void freeze() {
    frozen = true;
  }

  void askToReconnect() {
    ObjectNode message = Json.object().put("op", RECONNECT);
    message.putNull("d");
    send(message);
  }

  void invalidate(boolean resumable) {
    if (session != null && !resumable) {
      session.ended = true;
      session.connection = null;
      session = null;
    }
    send(Json.object().put("op", INVALID_SESSION).put("d", resumable));
  }

  void cut() {
    socket.cut();
  }

  /** Closes with one of Discord's codes, after what is still to be sent. */
  void close(int code) {
    closing = code;
    outgoing.add(Optional.empty());
  }

  private void write() {
    try {
      Optional<ObjectNode> message = outgoing.take();
      while (message.isPresent()) {
        byte[] text = message.get().toString().getBytes(StandardCharsets.UTF_8);
        socket.send(deflater.map(zip -> deflate(zip, text)).orElse(text), deflater.isPresent());
        message = outgoing.take();
      }
      if (closing != 0) {
        socket.close(closing, "");
      }
    } catch (IOException | InterruptedException e) {
      socket.cut();
    } finally {
      deflater.ifPresent(Deflater::end);
    }
  }

  private static byte[] deflate(Deflater zip, byte[] text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    zip.setInput(text);
    int length = zip.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
    while (length > 0) {
      bytes.write(buffer, 0, length);
      length = zip.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
    }
    return bytes.toByteArray();
  }

  private void receive(byte[] bytes) {
    long now = System.nanoTime();
    lastMinute.addLast(now);
    while (now - lastMinute.getFirst() > MINUTE) {
      lastMinute.removeFirst();
    }
    if (lastMinute.size() > MOST_A_MINUTE) {
      refuse(4008, "more than 120 messages a minute");
    } else if (bytes.length > MOST_BYTES) {
      refuse(4002, "a message of " + bytes.length + " bytes");
    } else {
      try {
        JsonNode message = Json.parse(new String(bytes, StandardCharsets.UTF_8));
        gateway.world.locked(() -> handle(message.path("op").asInt(-1), message.path("d")));
      } catch (JsonProcessingException e) {
        refuse(4002, "not JSON");
      }
    }
  }

  private void handle(int op, JsonNode data) {
    if (session == null && op != IDENTIFY && op != RESUME && op != HEARTBEAT) {
      refuse(4003, "op " + op + " before identifying");
      return;
    }
    switch (op) {
      case HEARTBEAT -> {
        if (!gateway.isDeaf()) {
          send(Json.object().put("op", ACKNOWLEDGED));
        }
      }
      case IDENTIFY -> identify(data);
      case PRESENCE -> presence(data);
      case RESUME -> resume(data);
      case MEMBERS -> gateway.world.violation("asked for members");
      default -> refuse(4001, "op " + op);
    }
  }

  private void identify(JsonNode data) {
    if (session != null) {
      refuse(4005, "identified twice");
      return;
    }
    if (!data.path("token").asText().equals(gateway.world.token)) {
      close(4004);
      return;
    }
    int intents = data.path("intents").asInt(-1);
    if (intents < 0 || intents >= 1 << 26 || !Json.has(data, "properties")) {
      refuse(4013, "intents " + data.path("intents"));
    } else if ((intents & FakeGateway.PRIVILEGED) != 0) {
      refuse(4014, "privileged intents " + intents);
    } else {
      start(data, intents);
    }
  }

  private void start(JsonNode data, int intents) {
    int shard = data.path("shard").path(0).asInt(0);
    int shards = data.path("shard").path(1).asInt(1);
    if (shard < 0 || shard >= shards) {
      refuse(4010, "shard " + shard + " of " + shards);
      return;
    }
    GatewaySession started = new GatewaySession(shard, shards, intents);
    started.connection = this;
    session = started;
    gateway.begin(started, data);
  }

  private void presence(JsonNode data) {
    boolean complete =
        data.has("since")
            && data.path("activities").isArray()
            && data.path("afk").isBoolean()
            && data.path("status").isTextual();
    if (!complete) {
      gateway.world.violation("presence " + data);
    }
    for (JsonNode activity : data.path("activities")) {
      int name = activity.path("name").asText("").length();
      if (name < 1 || name > 128 || activity.path("state").asText("").length() > 128) {
        gateway.world.violation("activity " + activity);
      }
    }
    gateway.show(data);
  }

  private void resume(JsonNode data) {
    if (!data.path("token").asText().equals(gateway.world.token)) {
      close(4004);
      return;
    }
    Optional<GatewaySession> found = gateway.session(data.path("session_id").asText());
    if (found.isEmpty()) {
      invalidate(false);
      return;
    }
    GatewaySession resumed = found.get();
    if (resumed.connection != null) {
      resumed.connection.cut();
    }
    resumed.connection = this;
    session = resumed;
    if (resumed.replay(data.path("seq").asInt(-1))) {
      gateway.resumed();
    } else {
      refuse(4007, "resumed at " + data.path("seq"));
    }
  }

  private void refuse(int code, String why) {
    gateway.world.violation("gateway, closed with " + code + ": " + why);
    close(code);
  }
}

package dev.hyperbrush.fakediscord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Discord's gateway, and what can go wrong with it. Thread-safe. */
public final class FakeGateway implements AutoCloseable {
  /** GUILD_MEMBERS, GUILD_PRESENCES and MESSAGE_CONTENT, which nobody has given to the bot. */
  static final int PRIVILEGED = 1 << 1 | 1 << 8 | 1 << 15;

  private static final int GUILDS = 1;

  final World world;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<GatewayConnection> connections = new ArrayList<>();
  private final List<GatewaySession> sessions = new ArrayList<>();
  private final int port;
  private Port open;
  private long heartbeatMillis = 41_250;
  private int recommendedShards = 1;
  private boolean deaf;
  private boolean curt;
  private boolean hangsUp;
  private int hungUp;
  private Optional<String> name = Optional.empty();
  private int handshakes;
  private int identifies;
  private int resumes;
  private JsonNode presence = MissingNode.getInstance();

  FakeGateway(World world) {
    this.world = world;
    open = new Port(0, this::welcome);
    port = open.number();
  }

  private void welcome(Socket guest) {
    threads.execute(() -> serve(guest));
  }

  private void serve(Socket socket) {
    try (socket) {
      if (world.locked(this::isHungUp)) {
        return;
      }
      WebSocket webSocket = new WebSocket(socket);
      GatewayConnection connection = new GatewayConnection(this, webSocket);
      boolean refused =
          world.locked(() -> {
            handshakes++;
            connections.add(connection);
            return curt;
          });
      if (refused) {
        webSocket.close(1001, "");
        world.locked(() -> forget(connection));
      } else {
        connection.serve();
      }
    } catch (IOException e) {
      // The client did not come in.
    }
  }

  /** Cuts all connections, as when the network goes; sessions can be resumed. */
  public void cut() {
    each(GatewayConnection::cut);
  }

  /** Asks all clients to connect again (op 7). */
  public void askToReconnect() {
    each(GatewayConnection::askToReconnect);
  }

  /** Tells all clients that their sessions are worth nothing (op 9). */
  public void invalidate() {
    each(connection -> connection.invalidate(false));
  }

  /** Closes all connections with one of Discord's codes. */
  public void close(int code) {
    each(connection -> connection.close(code));
  }

  /** Acknowledges no heartbeat, until it is taken back: the connections are zombies. */
  public void beDeaf(boolean from) {
    world.locked(() -> deaf = from);
  }

  /** The connections that there are now are zombies: nothing comes through them any more. */
  public void freeze() {
    each(GatewayConnection::freeze);
  }

  /** Whoever resumes next is told of all interactions once more, of answered ones too. */
  public void repeatInteractions() {
    world.locked(() -> sessions.forEach(GatewaySession::repeat));
  }

  /** Closes every connection right after the handshake, until it is taken back. */
  public void closeAfterHandshake(boolean from) {
    world.locked(() -> curt = from);
  }

  /** Cuts all connections and refuses new ones until {@link #openPort}. */
  public void closePort() {
    open.close();
    cut();
  }

  public void openPort() {
    world.locked(() -> open = new Port(port, this::welcome));
  }

  /** Hangs up before the handshake, until it is taken back. */
  public void hangUp(boolean from) {
    world.locked(() -> hangsUp = from);
  }

  /** Waits until somebody has been hung up on. */
  public void awaitHungUp() {
    world.await("somebody to hang up on", () -> hungUp > 0);
  }

  private boolean isHungUp() {
    hungUp += hangsUp ? 1 : 0;
    return hangsUp;
  }

  /** For connections from now on. */
  public void heartbeatEvery(Duration time) {
    world.locked(() -> heartbeatMillis = time.toMillis());
  }

  /** How many connections Discord recommends to a bot from now on. */
  public void recommendShards(int count) {
    world.locked(() -> recommendedShards = count);
  }

  /** Waits for so many sessions with a connection. */
  public void awaitConnected(int count) {
    world.await(count + " connections to the gateway", () -> connected() == count);
  }

  private long connected() {
    return sessions.stream()
        .filter(session -> !session.ended && session.connection != null)
        .count();
  }

  /** Connections that got so far, in all. */
  public int handshakes() {
    return world.locked(() -> handshakes);
  }

  /** Sessions that were begun, in all. */
  public int identifies() {
    return world.locked(() -> identifies);
  }

  /** Sessions that were taken up again, in all. */
  public int resumes() {
    return world.locked(() -> resumes);
  }

  /** Waits for so many sessions that were taken up again, in all. */
  public void awaitResumes(int count) {
    world.await(count + " resumed sessions", () -> resumes >= count);
  }

  /** What the bot shows as its activity: name and state of the first one; empty for none. */
  public String activity() {
    return world.locked(() -> {
      JsonNode first = presence.path("activities").path(0);
      return (first.path("name").asText("") + " " + first.path("state").asText("")).strip();
    });
  }

  /** Waits until the activity holds this. */
  public void awaitActivity(String part) {
    world.await("the activity " + part, () -> activity().contains(part));
  }

  /** Names another address than its own to whoever asks where the gateway is. */
  public void callItself(String url) {
    world.locked(() -> name = Optional.of(url));
  }

  String address() {
    return name.orElse("ws://127.0.0.1:" + port);
  }

  int recommendedShards() {
    return recommendedShards;
  }

  long heartbeatMillis() {
    return world.locked(() -> heartbeatMillis);
  }

  boolean isDeaf() {
    return deaf;
  }

  void forget(GatewayConnection connection) {
    connections.remove(connection);
  }

  void resumed() {
    resumes++;
  }

  void show(JsonNode shown) {
    presence = shown;
  }

  Optional<GatewaySession> session(String id) {
    return sessions.stream().filter(one -> !one.ended && one.id.equals(id)).findFirst();
  }

  void begin(GatewaySession session, JsonNode identify) {
    identifies++;
    sessions.add(session);
    if (Json.has(identify, "presence")) {
      show(identify.path("presence"));
    }
    session.dispatch("READY", ready(session));
    if ((session.intents & GUILDS) != 0) {
      guilds(session).forEach(guild -> session.dispatch("GUILD_CREATE", guild.json()));
    }
  }

  /** To the sessions that serve the server and have asked for such events. */
  void dispatch(long guild, String type, ObjectNode data) {
    boolean aboutServers = !type.equals("INTERACTION_CREATE");
    sessions.stream()
        .filter(session -> session.serves(guild))
        .filter(session -> !aboutServers || (session.intents & GUILDS) != 0)
        .forEach(session -> session.dispatch(type, data));
  }

  private List<FakeGuild> guilds(GatewaySession session) {
    return world.guilds.values().stream()
        .filter(guild -> guild.botIn && session.serves(guild.id))
        .toList();
  }

  private ObjectNode ready(GatewaySession session) {
    ObjectNode json =
        Json.object()
            .put("v", 10)
            .put("session_id", session.id)
            .put("session_type", "normal")
            .put("resume_gateway_url", address());
    json.set("user", world.bot.json().put("verified", true).put("mfa_enabled", true));
    json.putArray("private_channels");
    json.putArray("_trace");
    json.putArray("shard").add(session.shard).add(session.shards);
    json.putObject("application").put("id", Json.id(world.bot.id)).put("flags", 0);
    var guilds = json.putArray("guilds");
    guilds(session)
        .forEach(guild -> guilds.addObject().put("id", Json.id(guild.id)).put("unavailable", true));
    return json;
  }

  private void each(Consumer<GatewayConnection> work) {
    world.locked(() -> List.copyOf(connections).forEach(work));
  }

  @Override
  public void close() {
    closePort();
    threads.shutdownNow();
  }
}

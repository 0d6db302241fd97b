package dev.hyperbrush.fakediscord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Something that a person did with the bot, and what the bot answered. Thread-safe. */
public final class FakeInteraction {
  static final int COMMAND = 2;
  static final int COMPONENT = 3;
  static final int AUTOCOMPLETE = 4;
  static final int MODAL = 5;
  private static final Duration TIME_TO_ACKNOWLEDGE = Duration.ofSeconds(3);
  private static final Duration TIME_TO_ANSWER = Duration.ofMinutes(15);

  public final long id;
  public final String token = "aW50ZXJhY3Rpb24" + UUID.randomUUID().toString().replace("-", "");
  final World world;
  final int kind;
  final FakePerson person;
  final FakeChannel channel;
  final Instant created;
  private final long began = System.nanoTime();
  private long acknowledged;
  int callback;
  boolean ephemeral;
  int fileLimit = 10 << 20;
  @Nullable FakeMessage source;
  @Nullable FakeMessage original;
  @Nullable JsonNode result;
  final List<FakeMessage> followUps = new ArrayList<>();
  private boolean killed;

  FakeInteraction(int kind, FakePerson person, FakeChannel channel) {
    world = channel.world;
    this.kind = kind;
    this.person = person;
    this.channel = channel;
    id = world.ids.next();
    created = world.now();
    world.interactions.put(id, this);
    world.tokens.put(token, this);
  }

  /** What autocompletion offers. */
  public record Choice(String name, String value) {}

  /** A modal as the person sees it; the names of the fields are their custom ids. */
  public record Modal(String title, String customId, JsonNode components) {
    /** What stands in a field before the person writes. */
    public String value(String field) {
      return ComponentTree.all(components)
          .filter(component -> component.path("custom_id").asText().equals(field))
          .map(component -> component.path("value").asText())
          .findFirst()
          .orElseThrow(() -> new AssertionError("no field " + field + " in " + components));
    }
  }

  /** Waits for the bot's first answer. */
  public FakeInteraction awaitAcknowledged() {
    world.await("the acknowledgement of an interaction", () -> callback != 0);
    return this;
  }

  public boolean isAcknowledged() {
    return world.locked(() -> callback != 0);
  }

  /** In true time, from the event to the first answer. */
  public Duration acknowledgedAfter() {
    awaitAcknowledged();
    return Duration.ofNanos(acknowledged - began);
  }

  /** Waits for the answer that is not "is thinking ..." any more. */
  public FakeMessage reply() {
    world.await("the answer to an interaction", () -> original != null && !original.isLoading());
    return message();
  }

  /** The answer as it is now, even if the bot is still thinking. */
  public FakeMessage message() {
    return world.locked(
        () -> Optional.ofNullable(original).orElseThrow(() -> new AssertionError("no answer")));
  }

  /** Waits for so many messages after the answer. */
  public List<FakeMessage> followUps(int count) {
    world.await(count + " follow-ups", () -> followUps.size() >= count);
    return world.locked(() -> List.copyOf(followUps));
  }

  /** Waits for what autocompletion offers. */
  public List<Choice> choices() {
    return awaitResult()
        .path("choices")
        .valueStream()
        .map(json -> new Choice(json.path("name").asText(), json.path("value").asText()))
        .toList();
  }

  /** Waits for the modal that the bot answers with. */
  public Modal modal() {
    JsonNode data = awaitResult();
    return new Modal(
        data.path("title").asText(), data.path("custom_id").asText(), data.path("components"));
  }

  /** Its token is worth nothing from now on, as happens even within the fifteen minutes. */
  public void kill() {
    world.locked(() -> killed = true);
  }

  private JsonNode awaitResult() {
    awaitAcknowledged();
    return world.locked(() ->
        Optional.ofNullable(result)
            .orElseThrow(() -> new AssertionError("answered by callback " + callback)));
  }

  /** Whether the bot is only where the person is because the person brings it along. */
  boolean isForeign() {
    return channel.guild.map(guild -> !guild.botIn).orElse(channel.partner.isEmpty());
  }

  /** Whether the first answer comes too late. */
  boolean isLate() {
    return world.now().isAfter(created.plus(TIME_TO_ACKNOWLEDGE));
  }

  boolean isExpired() {
    return world.now().isAfter(created.plus(TIME_TO_ANSWER));
  }

  boolean isKilled() {
    return killed;
  }

  void acknowledge(int with) {
    callback = with;
    acknowledged = System.nanoTime();
  }

  /** Where it came from, in a message that answers it. */
  void describe(ObjectNode message) {
    message.put("application_id", Json.id(world.bot.id)).put("webhook_id", Json.id(world.bot.id));
    ObjectNode json =
        message.putObject("interaction_metadata").put("id", Json.id(id)).put("type", kind);
    json.set("user", person.json());
    json.set("authorizing_integration_owners", owners());
  }

  /** Who has brought the bot here. */
  ObjectNode owners() {
    ObjectNode owners = Json.object();
    channel.guild.filter(guild -> guild.botIn).ifPresent(in -> owners.put("0", Json.id(in.id)));
    if (channel.partner.isPresent()) {
      owners.put("0", "0");
    }
    if (person.installed) {
      owners.put("1", Json.id(person.id));
    }
    return owners;
  }
}

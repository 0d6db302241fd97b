package dev.hyperbrush.fakediscord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Requests about channels and the messages in them. Called under the world's lock. */
final class ChannelRoutes {
  private static final int FILE_LIMIT = 10 << 20;
  private static final Duration LIFE_OF_A_NONCE = Duration.ofMinutes(5);

  private final World world;

  ChannelRoutes(World world) {
    this.world = world;
  }

  List<Route> routes() {
    String message = " /channels/{channel}/messages/{message}";
    return List.of(
        Route.of("GET /channels/{channel}", request -> Answer.ok(visible(request).json())),
        Route.of("POST /channels/{channel}/typing", this::type),
        Route.of("POST /channels/{channel}/messages", this::post),
        Route.of("GET" + message, request -> Answer.ok(message(request).json())),
        Route.of("PATCH" + message, this::edit),
        Route.of("DELETE" + message, this::delete));
  }

  private FakeChannel visible(RestRequest request) {
    FakeChannel channel =
        Optional.ofNullable(world.channels.get(request.id("channel")))
            .orElseThrow(() -> ApiError.unknown(10003, "Channel"));
    boolean in = channel.guild.map(guild -> guild.botIn).orElse(channel.partner.isPresent());
    if (!in || !channel.may(world.bot, Permission.VIEW_CHANNEL)) {
      throw ApiError.missingAccess();
    }
    return channel;
  }

  private Answer type(RestRequest request) {
    writable(request, false);
    return Answer.nothing();
  }

  /** Where the bot may write. */
  private FakeChannel writable(RestRequest request, boolean files) {
    FakeChannel channel = visible(request);
    channel.partner.ifPresent(this::checkPartner);
    Permission send =
        channel.isThread() ? Permission.SEND_MESSAGES_IN_THREADS : Permission.SEND_MESSAGES;
    if (!channel.may(world.bot, send)
        || (files && !channel.may(world.bot, Permission.ATTACH_FILES))) {
      throw ApiError.missingPermissions();
    }
    checkOpen(channel);
    return channel;
  }

  private static void checkOpen(FakeChannel channel) {
    if (channel.locked) {
      throw new ApiError(400, 50083, "Thread is archived");
    }
  }

  private void checkPartner(FakePerson person) {
    boolean mutual =
        world.guilds.values().stream().anyMatch(guild -> guild.botIn && guild.has(person));
    if (!mutual && !person.installed) {
      throw new ApiError(
          403, 50278, "Cannot send messages to this user due to having no mutual guilds");
    }
    if (!person.takesDirectMessages) {
      throw new ApiError(403, 50007, "Cannot send messages to this user");
    }
  }

  private Answer post(RestRequest request) {
    FakeChannel channel = writable(request, !request.files().isEmpty());
    ObjectNode body = request.object();
    String nonce = body.path("nonce").asText("");
    Optional<FakeMessage> same = sameNonce(channel, body, nonce);
    if (same.isPresent()) {
      return Answer.ok(same.get().json());
    }
    FakeMessage.Version version = new MessageReader(channel, request, body, FILE_LIMIT).create();
    if ((version.flags() & FakeMessage.EPHEMERAL) != 0) {
      world.violation("EPHEMERAL in a channel, which has no meaning");
    }
    FakeMessage message =
        new FakeMessage(
            channel,
            world.bot,
            Optional.empty(),
            version.withFlags(version.flags() & ~FakeMessage.EPHEMERAL));
    message.nonce = nonce.isEmpty() ? null : nonce;
    message.answered = answered(channel, body.path("message_reference"));
    return Answer.ok(message.json());
  }

  private Optional<FakeMessage> sameNonce(FakeChannel channel, ObjectNode body, String nonce) {
    if (nonce.isEmpty() || !body.path("enforce_nonce").asBoolean()) {
      return Optional.empty();
    }
    return world.messages.values().stream()
        .filter(message -> message.channel == channel && nonce.equals(message.nonce))
        .filter(message -> message.created.plus(LIFE_OF_A_NONCE).isAfter(world.now()))
        .findFirst();
  }

  private @Nullable FakeMessage answered(FakeChannel channel, JsonNode reference) {
    if (!reference.isObject()) {
      return null;
    }
    FakeMessage found = world.messages.get(reference.path("message_id").asLong());
    boolean there = found != null && found.channel == channel && !found.isDeleted();
    if (!there && reference.path("fail_if_not_exists").asBoolean(true)) {
      Problems problems = new Problems();
      problems.add("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message");
      problems.throwIfAny();
    }
    return there ? found : null;
  }

  private FakeMessage message(RestRequest request) {
    FakeChannel channel = visible(request);
    FakeMessage message = world.messages.get(request.id("message"));
    if (message == null
        || message.isDeleted()
        || message.channel != channel
        || message.onlyFor().isPresent()) {
      throw ApiError.unknown(10008, "Message");
    }
    return message;
  }

  private Answer edit(RestRequest request) {
    FakeMessage message = message(request);
    checkOpen(message.channel);
    if (message.author != world.bot) {
      throw new ApiError(403, 50005, "Cannot edit a message authored by another user");
    }
    if (!request.files().isEmpty() && !message.channel.may(world.bot, Permission.ATTACH_FILES)) {
      throw ApiError.missingPermissions();
    }
    message.change(
        new MessageReader(message.channel, request, request.object(), FILE_LIMIT)
            .edit(message.version()));
    return Answer.ok(message.json());
  }

  private Answer delete(RestRequest request) {
    FakeMessage message = message(request);
    if (message.author != world.bot
        && !message.channel.may(world.bot, Permission.MANAGE_MESSAGES)) {
      throw ApiError.missingPermissions();
    }
    message.delete();
    return Answer.nothing();
  }
}

package dev.hyperbrush.fakediscord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Requests that answer interactions. Called under the world's lock. */
final class InteractionRoutes {
  static final int REPLY = 4;
  static final int DEFER = 5;
  static final int DEFER_EDIT = 6;
  static final int EDIT = 7;
  static final int CHOICES = 8;
  static final int MODAL = 9;
  private static final int MOST_FOLLOW_UPS_AWAY = 5;
  private static final Map<Integer, Set<Integer>> ALLOWED =
      Map.of(
          FakeInteraction.COMMAND, Set.of(REPLY, DEFER, MODAL),
          FakeInteraction.COMPONENT, Set.of(REPLY, DEFER, DEFER_EDIT, EDIT, MODAL),
          FakeInteraction.AUTOCOMPLETE, Set.of(CHOICES),
          FakeInteraction.MODAL, Set.of(REPLY, DEFER, DEFER_EDIT, EDIT));

  private final World world;
  private final Set<String> told = new HashSet<>();

  InteractionRoutes(World world) {
    this.world = world;
  }

  List<Route> routes() {
    String messages = " /webhooks/{application}/{token}/messages/{message}";
    return List.of(
        Route.of("POST /interactions/{interaction}/{token}/callback", this::callback),
        Route.of("POST /webhooks/{application}/{token}", this::followUp),
        Route.of("GET" + messages, request -> Answer.ok(message(request).json())),
        Route.of("PATCH" + messages, this::edit),
        Route.of("DELETE" + messages, this::delete));
  }

  private Answer callback(RestRequest request) {
    FakeInteraction interaction = world.tokens.get(request.text("token"));
    if (interaction == null || interaction.id != request.id("interaction")) {
      throw ApiError.unknown(10062, "interaction");
    }
    if (interaction.callback != 0) {
      throw new ApiError(400, 40060, "Interaction has already been acknowledged.");
    }
    if (interaction.isLate() || interaction.isKilled()) {
      throw ApiError.unknown(10062, "interaction");
    }
    int type = request.object().path("type").asInt();
    if (!ALLOWED.getOrDefault(interaction.kind, Set.of()).contains(type)) {
      throw invalid("type", "type " + type + " does not answer this");
    }
    answer(interaction, type, request, request.object().withObjectProperty("data"));
    interaction.acknowledge(type);
    return request.asks("with_response")
        ? Answer.ok(response(interaction, type))
        : Answer.nothing();
  }

  private void answer(FakeInteraction interaction, int type, RestRequest request, ObjectNode data) {
    switch (type) {
      case REPLY -> interaction.original = post(interaction, request, data);
      case DEFER -> defer(interaction, data);
      case DEFER_EDIT -> interaction.original = source(interaction);
      case EDIT -> {
        FakeMessage source = source(interaction);
        source.change(reader(interaction, request, data).edit(source.version()));
        interaction.original = source;
      }
      case CHOICES -> {
        Problems problems = new Problems();
        OptionRules.choices(data.path("choices"), "data.choices", OptionRules.STRING, problems);
        problems.throwIfAny();
        interaction.result = data;
      }
      default -> {
        Problems problems = new Problems();
        new ModalRules(problems).check(data);
        problems.throwIfAny();
        interaction.result = data;
      }
    }
  }

  private void defer(FakeInteraction interaction, ObjectNode data) {
    int flags = data.path("flags").asInt(0);
    if ((flags & ~FakeMessage.EPHEMERAL) != 0) {
      throw invalid("data.flags", "a deferred answer has no flags but EPHEMERAL");
    }
    interaction.ephemeral = ephemeral(interaction, flags);
    interaction.original = store(interaction, FakeMessage.Version.THINKING);
  }

  private FakeMessage post(FakeInteraction interaction, RestRequest request, ObjectNode data) {
    FakeMessage.Version version = reader(interaction, request, data).create();
    interaction.ephemeral = ephemeral(interaction, version.flags());
    return store(interaction, version);
  }

  /** Who brings a bot to where it may not speak speaks with it alone. */
  private static boolean ephemeral(FakeInteraction interaction, int flags) {
    boolean mayBring = interaction.channel.may(interaction.person, Permission.USE_EXTERNAL_APPS);
    return (flags & FakeMessage.EPHEMERAL) != 0 || (interaction.isForeign() && !mayBring);
  }

  private FakeMessage store(FakeInteraction interaction, FakeMessage.Version version) {
    int flags = version.flags() | (interaction.ephemeral ? FakeMessage.EPHEMERAL : 0);
    FakeMessage message =
        new FakeMessage(
            interaction.channel,
            world.bot,
            interaction.ephemeral ? Optional.of(interaction.person) : Optional.empty(),
            version.withFlags(flags));
    message.interaction = interaction;
    return message;
  }

  private static FakeMessage source(FakeInteraction interaction) {
    if (interaction.source == null) {
      throw invalid("type", "there is no message to edit");
    }
    return interaction.source;
  }

  private Answer followUp(RestRequest request) {
    FakeInteraction interaction = answered(request);
    FakeMessage original = interaction.original;
    if (original != null && original.isLoading() && !original.isDeleted()) {
      original.change(reader(interaction, request, request.object()).edit(original.version()));
      return Answer.ok(original.json());
    }
    if (interaction.isForeign() && interaction.followUps.size() >= MOST_FOLLOW_UPS_AWAY) {
      throw new ApiError(
          400, 40094, "This interaction has reached the maximum number of follow up messages");
    }
    boolean wasEphemeral = interaction.ephemeral;
    FakeMessage message = post(interaction, request, request.object());
    interaction.ephemeral = wasEphemeral;
    interaction.followUps.add(message);
    return Answer.ok(message.json());
  }

  private Answer edit(RestRequest request) {
    FakeInteraction interaction = answered(request);
    FakeMessage message = message(request);
    message.change(reader(interaction, request, request.object()).edit(message.version()));
    return Answer.ok(message.json());
  }

  private Answer delete(RestRequest request) {
    message(request).delete();
    return Answer.nothing();
  }

  private FakeMessage message(RestRequest request) {
    FakeInteraction interaction = answered(request);
    FakeMessage original = interaction.original;
    FakeMessage found =
        request.text("message").equals("@original")
            ? original
            : world.messages.get(request.id("message"));
    if (found == null
        || found.isDeleted()
        || !(found.equals(original) || interaction.followUps.contains(found))) {
      throw ApiError.unknown(10008, "Message");
    }
    return found;
  }

  private FakeInteraction answered(RestRequest request) {
    FakeInteraction interaction = world.tokens.get(request.text("token"));
    if (interaction == null || interaction.callback == 0 || interaction.isKilled()) {
      if (!told.add(request.text("token"))) {
        world.violation("asked again for a webhook that is not there");
      }
      throw ApiError.unknown(10015, "Webhook");
    }
    if (interaction.isExpired()) {
      throw new ApiError(401, 50027, "Invalid Webhook Token");
    }
    if (interaction.channel.isDeleted()) {
      throw ApiError.unknown(10003, "Channel");
    }
    return interaction;
  }

  private static MessageReader reader(
      FakeInteraction interaction, RestRequest request, ObjectNode data) {
    return new MessageReader(interaction.channel, request, data, interaction.fileLimit);
  }

  private static JsonNode response(FakeInteraction interaction, int type) {
    ObjectNode json = Json.object();
    ObjectNode about =
        json.putObject("interaction")
            .put("id", Json.id(interaction.id))
            .put("type", interaction.kind);
    if (interaction.original != null) {
      about
          .put("response_message_id", Json.id(interaction.original.id))
          .put("response_message_loading", interaction.original.isLoading())
          .put("response_message_ephemeral", interaction.ephemeral);
      json.putObject("resource").put("type", type).set("message", interaction.original.json());
    }
    return json;
  }

  private static ApiError invalid(String path, String message) {
    Problems problems = new Problems();
    problems.invalid(path, message);
    try {
      problems.throwIfAny();
    } catch (ApiError e) {
      return e;
    }
    throw new AssertionError();
  }
}

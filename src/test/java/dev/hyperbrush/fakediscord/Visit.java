package dev.hyperbrush.fakediscord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A person in a channel, with Discord's own client, which offers only what is possible: anything
 * else is an {@link IllegalArgumentException}. Thread-safe.
 */
public final class Visit {
  private static final int ATTACHMENT_LIMIT = 10 << 20;

  private final FakePerson person;
  private final FakeChannel channel;
  private final World world;
  private final int attachmentLimit;
  private final boolean all;

  Visit(FakePerson person, FakeChannel channel) {
    this(person, channel, ATTACHMENT_LIMIT, false);
  }

  private Visit(FakePerson person, FakeChannel channel, int attachmentLimit, boolean all) {
    this.all = all;
    this.person = person;
    this.channel = channel;
    this.attachmentLimit = attachmentLimit;
    world = channel.world;
  }

  /** Where files may have so many bytes. */
  public Visit allowingFilesOf(int bytes) {
    return new Visit(person, channel, bytes, all);
  }

  /** Where the server offers all commands to everybody, as its settings can say. */
  public Visit offeredAll() {
    return new Visit(person, channel, attachmentLimit, true);
  }

  /**
   * Types a command, such as {@code imagine} or {@code defaults set}.
   *
   * @param options text, number, boolean, person, channel or file by the option's name
   */
  public FakeInteraction slash(String command, Map<String, ?> options) {
    return world.locked(() -> {
      TypedCommand typed = new TypedCommand(command(command, 1), command, world);
      return send(FakeInteraction.COMMAND, typed.data(options));
    });
  }

  public FakeInteraction slash(String command) {
    return slash(command, Map.of());
  }

  /** Types into an option that completes what is typed. */
  public FakeInteraction complete(
      String command, Map<String, ?> others, String option, String typed) {
    return world.locked(() -> {
      TypedCommand words = new TypedCommand(command(command, 1), command, world);
      return send(FakeInteraction.AUTOCOMPLETE, words.focused(others, option, typed));
    });
  }

  /** Uses a command of a message's menu. */
  public FakeInteraction messageCommand(String command, FakeMessage message) {
    return world.locked(() -> {
      JsonNode known = command(command, 3);
      ObjectNode data = TypedCommand.start(known).put("target_id", Json.id(message.id));
      data.putObject("resolved").putObject("messages").set(Json.id(message.id), message.json());
      return send(FakeInteraction.COMMAND, data);
    });
  }

  /** Presses what has this label or custom id. */
  public FakeInteraction press(FakeMessage message, String button) {
    return world.locked(() -> {
      FakeMessage.Button found =
          message.buttons().stream()
              .filter(one -> one.label().equals(button) || one.customId().equals(button))
              .findFirst()
              .orElseThrow(
                  () -> new IllegalArgumentException(button + " not in " + message.buttons()));
      if (found.disabled() || found.customId().isEmpty()) {
        throw new IllegalArgumentException(found + " cannot be pressed");
      }
      return pressCustomId(message, found.customId());
    });
  }

  /** Presses a button that may not be in the message: a message of another day, or a forgery. */
  public FakeInteraction pressCustomId(FakeMessage message, String customId) {
    return world.locked(() -> {
      ObjectNode data =
          Json.object()
              .put("custom_id", customId)
              .put("component_type", ComponentTree.BUTTON)
              .put("id", 1);
      return send(FakeInteraction.COMPONENT, data, Optional.of(message));
    });
  }

  /** Sends a modal off, by the custom ids of its text fields; the others stay as they were. */
  public FakeInteraction submit(FakeInteraction opened, Map<String, String> fields) {
    FakeInteraction.Modal modal = opened.modal();
    return world.locked(() -> {
      ObjectNode data = Json.object().put("custom_id", modal.customId());
      data.set("components", ModalForm.filled(modal.components(), fields));
      return send(FakeInteraction.MODAL, data, Optional.ofNullable(opened.source));
    });
  }

  /** Writes a message of one's own. */
  public FakeMessage write(String text, FakeFile... files) {
    return world.locked(() -> {
      List<FakeFile> stored =
          List.of(files).stream().map(f -> Files.store(world, channel, f)).toList();
      return new FakeMessage(
          channel,
          person,
          Optional.empty(),
          new FakeMessage.Version(text, Json.array(), Json.array(), stored, 0, List.of()));
    });
  }

  private JsonNode command(String words, int type) {
    String name = type == 1 ? words.split(" ", -1)[0] : words;
    JsonNode found =
        world.commands.stream()
            .filter(known -> known.path("name").asText().equals(name))
            .filter(known -> known.path("type").asInt(1) == type)
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no command " + words));
    if (!all) {
      Visibility.check(found, person, channel);
    }
    return found;
  }

  private FakeInteraction send(int kind, ObjectNode data) {
    return send(kind, data, Optional.empty());
  }

  private FakeInteraction send(int kind, ObjectNode data, Optional<FakeMessage> source) {
    FakeInteraction interaction = new FakeInteraction(kind, person, channel);
    source.ifPresent(message -> interaction.source = message);
    interaction.fileLimit = attachmentLimit;
    world.dispatch(
        channel.guild.map(guild -> guild.id).orElse(0L),
        "INTERACTION_CREATE",
        payload(interaction, data));
    return interaction;
  }

  private ObjectNode payload(FakeInteraction interaction, ObjectNode data) {
    ObjectNode json =
        Json.object()
            .put("id", Json.id(interaction.id))
            .put("application_id", Json.id(world.bot.id))
            .put("type", interaction.kind)
            .put("token", interaction.token)
            .put("version", 1)
            .put("channel_id", Json.id(channel.id))
            .put("locale", person.locale)
            .put("attachment_size_limit", attachmentLimit)
            .put("app_permissions", Long.toString(channel.permissions(world.bot)))
            .put("context", context());
    json.set("data", data);
    json.set(
        "channel", channel.json().put("permissions", Long.toString(channel.permissions(person))));
    json.set("authorizing_integration_owners", interaction.owners());
    ArrayNode none = json.putArray("entitlements");
    assert none.isEmpty();
    if (interaction.source != null) {
      json.set("message", interaction.source.json());
    }
    channel.guild.ifPresentOrElse(
        guild -> addGuild(json, guild), () -> json.set("user", person.json()));
    return json;
  }

  private void addGuild(ObjectNode json, FakeGuild guild) {
    json.put("guild_id", Json.id(guild.id)).put("guild_locale", "en-US");
    json.set("guild", guild.brief());
    json.set(
        "member",
        guild.member(person).put("permissions", Long.toString(channel.permissions(person))));
  }

  /** 0 in a server, 1 with the bot, 2 in a conversation with others. */
  private int context() {
    if (channel.isInServer()) {
      return 0;
    }
    return channel.partner.isPresent() ? 1 : 2;
  }
}

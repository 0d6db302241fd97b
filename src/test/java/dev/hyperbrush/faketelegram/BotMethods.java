package dev.hyperbrush.faketelegram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What a bot asks and says about itself, and how it hears. The world's monitor is held. */
final class BotMethods {
  private static final Pattern COMMAND = Pattern.compile("[a-z0-9_]{1,32}");
  private static final Pattern LANGUAGE = Pattern.compile("([a-z]{2})?");
  private static final Set<String> SCOPES =
      Set.of(
          "default",
          "all_private_chats",
          "all_group_chats",
          "all_chat_administrators",
          "chat",
          "chat_administrators",
          "chat_member");

  private final World world;

  BotMethods(World world) {
    this.world = world;
  }

  Map<String, Method> methods() {
    Map<String, Method> methods = new HashMap<>();
    methods.put("getme", this::getMe);
    methods.put("getupdates", world.updates::poll);
    methods.put("deletewebhook", this::deleteWebhook);
    methods.put("getwebhookinfo", this::getWebhookInfo);
    methods.put("setmycommands", this::setMyCommands);
    methods.put("deletemycommands", this::deleteMyCommands);
    methods.put("getmycommands", this::getMyCommands);
    methods.put("setmydescription", p -> describe(p, "description", 512));
    methods.put("setmyshortdescription", p -> describe(p, "short_description", 120));
    methods.put("setmyname", p -> describe(p, "name", 64));
    methods.put("getfile", this::getFile);
    return methods;
  }

  private JsonNode getMe(Parameters parameters) {
    return world
        .bot
        .json()
        .put("can_join_groups", true)
        .put("can_read_all_group_messages", false)
        .put("supports_inline_queries", true)
        .put("can_connect_to_business", false)
        .put("has_main_web_app", false);
  }

  private JsonNode deleteWebhook(Parameters parameters) {
    if (parameters.flag("drop_pending_updates")) {
      world.updates.drop();
    }
    return BooleanNode.TRUE;
  }

  private JsonNode getWebhookInfo(Parameters parameters) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("url", "")
        .put("has_custom_certificate", false)
        .put("pending_update_count", world.updates.waiting());
  }

  private JsonNode setMyCommands(Parameters parameters) {
    JsonNode commands =
        parameters.json("commands").orElseThrow(() -> Refusal.mistake("no commands"));
    if (!commands.isArray() || commands.size() > 100) {
      throw Refusal.mistake("BOT_COMMANDS_TOO_MUCH");
    }
    Set<String> names = new HashSet<>();
    for (JsonNode command : commands) {
      String name = command.path("command").asText();
      if (!COMMAND.matcher(name).matches() || !names.add(name)) {
        throw Refusal.mistake("BOT_COMMAND_INVALID");
      }
      String description = command.path("description").asText();
      if (description.isBlank() || description.length() > 256) {
        throw Refusal.mistake("BOT_COMMAND_DESCRIPTION_INVALID");
      }
    }
    world.profile.put(scope(parameters), commands.toString());
    return BooleanNode.TRUE;
  }

  private JsonNode deleteMyCommands(Parameters parameters) {
    world.profile.remove(scope(parameters));
    return BooleanNode.TRUE;
  }

  private JsonNode getMyCommands(Parameters parameters) {
    String commands = world.profile.getOrDefault(scope(parameters), "[]");
    try {
      return Parameters.JSON.readTree(commands);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  /** {@code commands/default/en}: where a list of commands is kept. */
  private String scope(Parameters parameters) {
    JsonNode scope =
        parameters.json("scope").orElse(Parameters.JSON.createObjectNode().put("type", "default"));
    String type = scope.path("type").asText();
    if (!SCOPES.contains(type)) {
      throw Refusal.mistake("unsupported scope " + scope);
    }
    String chat = scope.path("chat_id").asText();
    if (type.startsWith("chat") && !world.chats.containsKey(Parameters.number("chat_id", chat))) {
      throw Refusal.misfortune("chat not found");
    }
    return "commands/" + type + chat + scope.path("user_id").asText() + "/" + language(parameters);
  }

  private static String language(Parameters parameters) {
    String language = parameters.text("language_code").orElse("");
    if (!LANGUAGE.matcher(language).matches()) {
      throw Refusal.mistake("LANG_CODE_INVALID: " + language);
    }
    return language;
  }

  private JsonNode describe(Parameters parameters, String name, int max) {
    String value = parameters.text(name).orElse("");
    if (value.length() > max) {
      throw Refusal.mistake(name + " is longer than " + max);
    }
    world.profile.put(name + "/" + language(parameters), value);
    return BooleanNode.TRUE;
  }

  private JsonNode getFile(Parameters parameters) {
    StoredFile file = world.files.toDownload(parameters.required("file_id"));
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    return json.put("file_id", file.id())
        .put("file_unique_id", "u" + file.id())
        .put("file_size", file.bytes().length)
        .put("file_path", file.path());
  }
}

package dev.hyperbrush.fakediscord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A slash command as Discord's client lets a person type it. Used by one thread. */
final class TypedCommand {
  private final JsonNode command;
  private final String[] words;
  private final World world;
  private final ObjectNode resolved = Json.object();
  private JsonNode options;

  /**
   * @param words the command, its group and its subcommand, with spaces
   */
  TypedCommand(JsonNode command, String words, World world) {
    this.command = command;
    this.words = words.split(" ", -1);
    this.world = world;
    options = command.path("options");
    for (int i = 1; i < this.words.length; i++) {
      options = option(this.words[i]).path("options");
    }
  }

  static ObjectNode start(JsonNode command) {
    return Json.object()
        .put("id", command.path("id").asText())
        .put("name", command.path("name").asText())
        .put("type", command.path("type").asInt(1));
  }

  ObjectNode data(Map<String, ?> values) {
    for (JsonNode option : options) {
      String name = option.path("name").asText();
      if (option.path("required").asBoolean() && !values.containsKey(name)) {
        throw new IllegalArgumentException("option " + name + " is required");
      }
      if (option.path("type").asInt() <= OptionRules.GROUP) {
        throw new IllegalArgumentException("one of its subcommands: " + options);
      }
    }
    return wrap(values(values));
  }

  ObjectNode focused(Map<String, ?> others, String name, String typed) {
    JsonNode option = option(name);
    if (!option.path("autocomplete").asBoolean()) {
      throw new IllegalArgumentException("option " + name + " does not complete");
    }
    ArrayNode all = values(others);
    all.addObject()
        .put("name", name)
        .put("type", option.path("type").asInt())
        .put("value", typed)
        .put("focused", true);
    return wrap(all);
  }

  private ObjectNode wrap(ArrayNode values) {
    ArrayNode inner = values;
    for (int i = words.length - 1; i > 0; i--) {
      ArrayNode outer = Json.array();
      outer
          .addObject()
          .put("name", words[i])
          .put("type", i == words.length - 1 ? OptionRules.SUBCOMMAND : OptionRules.GROUP)
          .set("options", inner);
      inner = outer;
    }
    ObjectNode data = start(command);
    data.set("options", inner);
    if (!resolved.isEmpty()) {
      data.set("resolved", resolved);
    }
    return data;
  }

  private JsonNode option(String name) {
    return options
        .valueStream()
        .filter(option -> option.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException("no option " + name + " in " + String.join(" ", words)));
  }

  private ArrayNode values(Map<String, ?> values) {
    ArrayNode typed = Json.array();
    Set<String> left = new HashSet<>(values.keySet());
    for (JsonNode option : options) {
      String name = option.path("name").asText();
      Object value = values.get(name);
      if (left.remove(name) && value != null) {
        int type = option.path("type").asInt();
        ObjectNode json = typed.addObject().put("name", name).put("type", type);
        put(json, option, value, type);
      }
    }
    left.forEach(this::option);
    return typed;
  }

  private void put(ObjectNode json, JsonNode option, Object value, int type) {
    switch (type) {
      case OptionRules.STRING -> json.put("value", text(option, (String) value));
      case OptionRules.INTEGER -> json.put("value", (long) number(option, (Number) value));
      case OptionRules.NUMBER -> json.put("value", number(option, (Number) value));
      case OptionRules.BOOLEAN -> json.put("value", (Boolean) value);
      case OptionRules.ATTACHMENT -> {
        FakeFile file =
            Files.store(world, world.channels.values().iterator().next(), (FakeFile) value);
        json.put("value", Json.id(file.id()));
        resolved.withObjectProperty("attachments").set(Json.id(file.id()), file.json());
      }
      case OptionRules.CHANNEL -> {
        FakeChannel channel = (FakeChannel) value;
        json.put("value", Json.id(channel.id));
        resolved
            .withObjectProperty("channels")
            .set(Json.id(channel.id), channel.json().put("permissions", "0"));
      }
      case OptionRules.USER, OptionRules.MENTIONABLE -> {
        FakePerson person = (FakePerson) value;
        json.put("value", Json.id(person.id));
        resolved.withObjectProperty("users").set(Json.id(person.id), person.json());
      }
      default -> throw new IllegalArgumentException("options of type " + type);
    }
  }

  private static String text(JsonNode option, String text) {
    boolean chosen =
        option.path("choices").isEmpty()
            || option
                .path("choices")
                .valueStream()
                .anyMatch(choice -> choice.path("value").asText().equals(text));
    int most = Math.min(option.path("max_length").asInt(6000), 6000);
    if (!chosen || text.isEmpty() || text.length() > most) {
      throw new IllegalArgumentException("not a value of the option: " + text);
    }
    return text;
  }

  private static double number(JsonNode option, Number number) {
    double value = number.doubleValue();
    boolean chosen =
        option.path("choices").isEmpty()
            || option
                .path("choices")
                .valueStream()
                .anyMatch(choice -> choice.path("value").asDouble() == value);
    if (!chosen
        || value < option.path("min_value").asDouble(-0x1p53)
        || value > option.path("max_value").asDouble(0x1p53)) {
      throw new IllegalArgumentException("not a value of the option: " + number);
    }
    return value;
  }
}

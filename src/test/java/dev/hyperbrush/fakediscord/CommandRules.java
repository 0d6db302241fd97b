package dev.hyperbrush.fakediscord;

import static dev.hyperbrush.fakediscord.Problems.join;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Discord's limits on the commands of an application. Used by one thread. */
final class CommandRules {
  private static final Set<String> LOCALES =
      Set.of(
          "id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl",
          "no", "pl", "pt-BR", "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi",
          "th", "zh-CN", "ja", "zh-TW", "ko");
  private static final Pattern NAME =
      Pattern.compile(
          "[-_'\\p{L}\\p{N}\\p{IsDevanagari}\\p{IsThai}]{1,32}", Pattern.UNICODE_CHARACTER_CLASS);
  private static final int MOST_CHARACTERS = 8000;

  private final Problems problems = new Problems();

  /** Throws with all that is wrong. */
  void check(JsonNode commands) {
    if (!commands.isArray()) {
      throw new ApiError(400, 50035, "Invalid Form Body");
    }
    count(commands, 1, 100);
    count(commands, 2, 15);
    count(commands, 3, 15);
    Set<String> names = new HashSet<>();
    for (int i = 0; i < commands.size(); i++) {
      JsonNode command = commands.get(i);
      if (!names.add(type(command) + " " + command.path("name").asText())) {
        problems.add(
            Integer.toString(i),
            "APPLICATION_COMMANDS_DUPLICATE_NAME",
            "Application command names must be unique");
      }
      command(command, Integer.toString(i));
    }
    problems.throwIfAny();
  }

  private void count(JsonNode commands, int type, int most) {
    if (commands.valueStream().filter(command -> type(command) == type).count() > most) {
      throw new ApiError(
          400, 30032, "Maximum number of application commands reached (" + most + ")");
    }
  }

  private static int type(JsonNode command) {
    return command.path("type").asInt(1);
  }

  private void command(JsonNode command, String path) {
    if (type(command) == 1) {
      named(command, path);
      new OptionRules(problems, this::named).check(command.path("options"), path, 0);
    } else {
      problems.text(command, "name", path, 1, 32);
      localized(command, "name", path, 1, 32);
      if (!command.path("description").asText("").isEmpty() || command.path("options").size() > 0) {
        problems.invalid(path, "a command on a message has no description and no options");
      }
    }
    values(command.path("contexts"), join(path, "contexts"), 2);
    values(command.path("integration_types"), join(path, "integration_types"), 1);
    if (Json.has(command, "default_member_permissions")
        && !command.path("default_member_permissions").asText().matches("\\d{1,20}")) {
      problems.invalid(join(path, "default_member_permissions"), "not a number as text");
    }
    if (characters(command) > MOST_CHARACTERS) {
      problems.add(
          path,
          "APPLICATION_COMMAND_TOO_LARGE",
          "Command exceeds maximum size (8000): " + characters(command));
    }
  }

  private void values(JsonNode array, String path, int most) {
    ComponentRules.each(
        array,
        path,
        (value, at) -> {
          if (value.asInt(-1) < 0 || value.asInt(-1) > most) {
            problems.invalid(at, "not 0 to " + most);
          }
        });
  }

  /** Name and description, with their translations. */
  private void named(JsonNode node, String path) {
    name(node.path("name").asText(), join(path, "name"));
    localized(node, "name", path, 1, 32);
    node.path("name_localizations")
        .properties()
        .forEach(entry ->
            name(
                entry.getValue().asText(), join(join(path, "name_localizations"), entry.getKey())));
    problems.text(node, "description", path, 1, 100);
    localized(node, "description", path, 1, 100);
  }

  private void name(String name, String path) {
    if (!NAME.matcher(name).matches() || !name.equals(name.toLowerCase(Locale.ROOT))) {
      problems.add(
          path,
          "APPLICATION_COMMAND_INVALID_NAME",
          "Command name is invalid, must match the regex and be lower case: " + name);
    }
  }

  private void localized(JsonNode node, String field, String path, int least, int most) {
    String at = join(path, field + "_localizations");
    node.path(field + "_localizations")
        .properties()
        .forEach(entry -> {
          problems.length(join(at, entry.getKey()), entry.getValue().asText(), least, most);
          if (!LOCALES.contains(entry.getKey())) {
            problems.invalid(join(at, entry.getKey()), "not a locale of Discord");
          }
        });
  }

  /** Of names, descriptions and values, where the longest translation counts. */
  private static int characters(JsonNode node) {
    int own =
        longest(node, "name")
            + longest(node, "description")
            + node.path("value").asText("").length();
    return own
        + node.path("options").valueStream().mapToInt(CommandRules::characters).sum()
        + node.path("choices").valueStream().mapToInt(CommandRules::characters).sum();
  }

  private static int longest(JsonNode node, String field) {
    int translated =
        node.path(field + "_localizations")
            .valueStream()
            .mapToInt(text -> text.asText().length())
            .max()
            .orElse(0);
    return Math.max(node.path(field).asText("").length(), translated);
  }
}

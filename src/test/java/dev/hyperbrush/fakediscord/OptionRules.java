package dev.hyperbrush.fakediscord;

import static dev.hyperbrush.fakediscord.Problems.join;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;

/** Discord's limits on the options of a command. Used by one thread. */
final class OptionRules {
  static final int SUBCOMMAND = 1;
  static final int GROUP = 2;
  static final int STRING = 3;
  static final int INTEGER = 4;
  static final int BOOLEAN = 5;
  static final int USER = 6;
  static final int CHANNEL = 7;
  static final int ROLE = 8;
  static final int MENTIONABLE = 9;
  static final int NUMBER = 10;
  static final int ATTACHMENT = 11;
  private static final double MOST_INTEGER = 9_007_199_254_740_992.0;

  private final Problems problems;
  private final ComponentRules.Step named;

  OptionRules(Problems problems, ComponentRules.Step named) {
    this.problems = problems;
    this.named = named;
  }

  /** The options below a command, a group or a subcommand. */
  void check(JsonNode options, String above, int depth) {
    String path = join(above, "options");
    problems.count(path, options, 0, 25);
    Set<String> names = new HashSet<>();
    boolean optionalSeen = false;
    for (int i = 0; i < options.size(); i++) {
      JsonNode option = options.get(i);
      String at = join(path, i);
      named.at(option, at);
      if (!names.add(option.path("name").asText())) {
        problems.add(at, "APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATE", "names must be unique");
      }
      boolean required = option.path("required").asBoolean();
      if (required && optionalSeen) {
        problems.add(
            at,
            "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
            "Required options must be placed before non-required options");
      }
      optionalSeen |= !required;
      option(option, at, depth, options);
    }
  }

  private void option(JsonNode option, String path, int depth, JsonNode siblings) {
    int type = option.path("type").asInt();
    if (type < SUBCOMMAND || type > ATTACHMENT) {
      problems.invalid(join(path, "type"), "type " + type);
    } else if (type <= GROUP) {
      if (depth > (type == GROUP ? 0 : 1)) {
        problems.invalid(path, "nested too deep");
      }
      if (siblings.valueStream().anyMatch(other -> other.path("type").asInt() > GROUP)) {
        problems.add(
            path,
            "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
            "Sub-command and sub-command group option types are mutually exclusive to all others");
      }
      check(option.path("options"), path, depth + 1);
    } else {
      value(option, path, type);
    }
  }

  private void value(JsonNode option, String path, int type) {
    boolean choosable = type == STRING || type == INTEGER || type == NUMBER;
    boolean choices = option.path("choices").size() > 0;
    if (!choosable && (choices || option.path("autocomplete").asBoolean())) {
      problems.invalid(path, "this type has no choices");
    }
    if (choices && option.path("autocomplete").asBoolean()) {
      problems.add(
          path,
          "APPLICATION_COMMAND_OPTION_AUTOCOMPLETE_CHOICES",
          "choices and autocomplete exclude each other");
    }
    choices(option.path("choices"), join(path, "choices"), type, problems);
    SelectRules ranges = new SelectRules(problems);
    ranges.between(option, "min_length", path, 0, 6000);
    ranges.between(option, "max_length", path, 1, 6000);
    for (String bound : new String[] {"min_value", "max_value"}) {
      if (Json.has(option, bound) && Math.abs(option.path(bound).asDouble()) > MOST_INTEGER) {
        problems.invalid(join(path, bound), "beyond 2^53");
      }
    }
  }

  /** Choices of an option, or what autocompletion offers. */
  static void choices(JsonNode choices, String path, int type, Problems problems) {
    problems.count(path, choices, 0, 25);
    Set<String> names = new HashSet<>();
    ComponentRules.each(
        choices,
        path,
        (choice, at) -> {
          problems.text(choice, "name", at, 1, 100);
          if (!names.add(choice.path("name").asText())) {
            problems.add(at, "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_DUPLICATE", "name twice");
          }
          choice
              .path("name_localizations")
              .properties()
              .forEach(entry -> problems.length(at, entry.getValue().asText(), 1, 100));
          if (type == STRING) {
            problems.text(choice, "value", at, 1, 100);
          } else if (!choice.path("value").isNumber()) {
            problems.invalid(join(at, "value"), "not a number");
          }
        });
  }
}

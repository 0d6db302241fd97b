package dev.hyperbrush.fakediscord;

import static dev.hyperbrush.fakediscord.Problems.join;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;

/** Discord's limits on what offers options to choose from. Used by one thread. */
final class SelectRules {
  private final Problems problems;

  SelectRules(Problems problems) {
    this.problems = problems;
  }

  /** A select menu. */
  void check(JsonNode select, String path) {
    problems.optionalText(select, "placeholder", path, 0, 150);
    options(select, path, 1, 25);
    between(select, "min_values", path, 0, 25);
    between(select, "max_values", path, 1, 25);
  }

  /** Options with labels and values that differ. */
  void options(JsonNode owner, String path, int least, int most) {
    JsonNode options = owner.path("options");
    String at = join(path, "options");
    problems.count(at, options, least, most);
    Set<String> values = new HashSet<>();
    ComponentRules.each(
        options,
        at,
        (option, optionPath) -> {
          problems.text(option, "label", optionPath, 1, 100);
          problems.text(option, "value", optionPath, 1, 100);
          problems.optionalText(option, "description", optionPath, 1, 100);
          if (!values.add(option.path("value").asText())) {
            problems.add(
                join(optionPath, "value"),
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                "The specified option value is already used");
          }
        });
  }

  void between(JsonNode owner, String field, String path, int least, int most) {
    if (Json.has(owner, field)) {
      int value = owner.path(field).asInt(Integer.MIN_VALUE);
      if (value < least || value > most) {
        problems.add(
            join(path, field), "NUMBER_TYPE_RANGE", field + " is not " + least + " to " + most);
      }
    }
  }
}

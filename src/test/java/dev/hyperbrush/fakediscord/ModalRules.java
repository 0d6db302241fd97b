package dev.hyperbrush.fakediscord;

import static dev.hyperbrush.fakediscord.Problems.join;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;

/** Discord's limits on a modal. Used by one thread. */
final class ModalRules {
  private final Problems problems;
  private final SelectRules selects;
  private final Set<String> customIds = new HashSet<>();

  ModalRules(Problems problems) {
    this.problems = problems;
    selects = new SelectRules(problems);
  }

  void check(JsonNode modal) {
    problems.text(modal, "title", "data", 1, 45);
    problems.text(modal, "custom_id", "data", 1, 100);
    problems.count("data.components", modal.path("components"), 1, 5);
    ComponentRules.each(modal.path("components"), "data.components", this::top);
  }

  private void top(JsonNode component, String path) {
    switch (ComponentTree.type(component)) {
      case ComponentTree.TEXT -> problems.text(component, "content", path, 1, 4000);
      case ComponentTree.LABEL -> {
        problems.text(component, "label", path, 1, 45);
        problems.optionalText(component, "description", path, 1, 100);
        field(component.path("component"), join(path, "component"));
      }
      case ComponentTree.ROW -> {
        JsonNode children = component.path("components");
        problems.count(join(path, "components"), children, 1, 1);
        ComponentRules.each(
            children,
            join(path, "components"),
            (child, at) -> {
              problems.text(child, "label", at, 1, 45);
              field(child, at);
            });
      }
      default -> problems.add(path, "UNION_TYPE_CHOICES", "May not be in a modal.");
    }
  }

  private void field(JsonNode field, String path) {
    problems.text(field, "custom_id", path, 1, 100);
    if (!customIds.add(field.path("custom_id").asText())) {
      problems.add(path, "COMPONENT_CUSTOM_ID_DUPLICATED", "custom id cannot be duplicated");
    }
    switch (ComponentTree.type(field)) {
      case ComponentTree.TEXT_INPUT -> textInput(field, path);
      case ComponentTree.STRING_SELECT -> selects.check(field, path);
      case ComponentTree.FILE_UPLOAD -> {
        selects.between(field, "min_values", path, 0, 10);
        selects.between(field, "max_values", path, 1, 10);
      }
      case ComponentTree.RADIO_GROUP -> selects.options(field, path, 2, 10);
      case ComponentTree.CHECKBOX_GROUP -> selects.options(field, path, 1, 10);
      case ComponentTree.CHECKBOX, 5, 6, 7, 8 -> {}
      default -> problems.add(path, "UNION_TYPE_CHOICES", "May not be in a modal.");
    }
  }

  private void textInput(JsonNode input, String path) {
    int style = input.path("style").asInt();
    if (style != 1 && style != 2) {
      problems.invalid(join(path, "style"), "style " + style);
    }
    selects.between(input, "min_length", path, 0, 4000);
    selects.between(input, "max_length", path, 1, 4000);
    problems.optionalText(input, "placeholder", path, 0, 100);
    problems.optionalText(
        input,
        "value",
        path,
        input.path("min_length").asInt(0),
        input.path("max_length").asInt(4000));
  }
}

package dev.hyperbrush.fakediscord;

import static dev.hyperbrush.fakediscord.Problems.join;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;

/** Discord's limits on the components of one message. Used by one thread. */
final class ComponentRules {
  private static final Set<Integer> TOP =
      Set.of(
          ComponentTree.ROW,
          ComponentTree.SECTION,
          ComponentTree.TEXT,
          ComponentTree.GALLERY,
          ComponentTree.FILE,
          ComponentTree.SEPARATOR,
          ComponentTree.CONTAINER);
  private static final int MOST_IN_ALL = 40;
  private static final int MOST_TEXT = 4000;

  private final Problems problems;
  private final Set<String> customIds = new HashSet<>();
  private final Set<Integer> ids = new HashSet<>();

  ComponentRules(Problems problems) {
    this.problems = problems;
  }

  /** Rows of buttons under a message with content. */
  void checkRows(JsonNode components) {
    problems.count("components", components, 0, 5);
    each(
        components,
        "components",
        (component, path) -> {
          if (ComponentTree.type(component) == ComponentTree.ROW) {
            row(component, path);
          } else {
            problems.add(
                path, "UNION_TYPE_CHOICES", "Value of field \"type\" must be one of (1,).");
          }
        });
  }

  /** Components V2. */
  void checkTree(JsonNode components) {
    long all = ComponentTree.all(components).count();
    if (all < 1 || all > MOST_IN_ALL) {
      problems.add(
          "components",
          "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
          "The total number of components must be 1 to 40, not " + all + ".");
    }
    int text =
        ComponentTree.all(components)
            .filter(component -> ComponentTree.type(component) == ComponentTree.TEXT)
            .map(component -> component.path("content").asText())
            .mapToInt(content -> content.codePointCount(0, content.length()))
            .sum();
    if (text > MOST_TEXT) {
      problems.add(
          "components",
          "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
          "The total size of displayable text must be less than 4000, not " + text + ".");
    }
    each(components, "components", (component, path) -> inTree(component, path, TOP));
  }

  private void inTree(JsonNode component, String path, Set<Integer> allowed) {
    int type = ComponentTree.type(component);
    if (!allowed.contains(type)) {
      problems.add(
          path, "UNION_TYPE_CHOICES", "Component type " + type + " may not be here: " + allowed);
      return;
    }
    number(component, path);
    switch (type) {
      case ComponentTree.ROW -> row(component, path);
      case ComponentTree.SECTION -> section(component, path);
      case ComponentTree.TEXT -> problems.text(component, "content", path, 1, MOST_TEXT);
      case ComponentTree.GALLERY -> gallery(component, path);
      case ComponentTree.FILE -> media(component, "file", path);
      case ComponentTree.SEPARATOR -> separator(component, path);
      default -> container(component, path);
    }
  }

  private void container(JsonNode component, String path) {
    Set<Integer> inside = new HashSet<>(TOP);
    inside.remove(ComponentTree.CONTAINER);
    problems.count(join(path, "components"), component.path("components"), 1, MOST_IN_ALL);
    each(
        component.path("components"),
        join(path, "components"),
        (child, at) -> inTree(child, at, inside));
  }

  private void section(JsonNode component, String path) {
    problems.count(join(path, "components"), component.path("components"), 1, 3);
    each(
        component.path("components"),
        join(path, "components"),
        (child, at) -> inTree(child, at, Set.of(ComponentTree.TEXT)));
    JsonNode accessory = component.path("accessory");
    String at = join(path, "accessory");
    switch (ComponentTree.type(accessory)) {
      case ComponentTree.BUTTON -> button(accessory, at);
      case ComponentTree.THUMBNAIL -> picture(accessory, at);
      default -> problems.required(at);
    }
  }

  private void gallery(JsonNode component, String path) {
    String at = join(path, "items");
    problems.count(at, component.path("items"), 1, 10);
    each(component.path("items"), at, this::picture);
  }

  private void picture(JsonNode item, String path) {
    media(item, "media", path);
    problems.optionalText(item, "description", path, 1, 1024);
  }

  private void media(JsonNode item, String field, String path) {
    String url = item.path(field).path("url").asText();
    if (!url.startsWith("attachment://") && !url.startsWith("http")) {
      problems.add(
          join(join(path, field), "url"), "URL_TYPE_INVALID_SCHEME", "Not a well formed URL.");
    }
  }

  private void separator(JsonNode component, String path) {
    int spacing = component.path("spacing").asInt(1);
    if (spacing != 1 && spacing != 2) {
      problems.invalid(join(path, "spacing"), "spacing must be 1 or 2");
    }
  }

  private void row(JsonNode row, String path) {
    JsonNode children = row.path("components");
    String at = join(path, "components");
    boolean select = ComponentTree.type(children.path(0)) != ComponentTree.BUTTON;
    problems.count(at, children, 1, select ? 1 : 5);
    each(
        children,
        at,
        (child, childPath) -> {
          switch (ComponentTree.type(child)) {
            case ComponentTree.BUTTON -> button(child, childPath);
            case ComponentTree.STRING_SELECT -> new SelectRules(problems).check(child, childPath);
            case 5, 6, 7, 8 -> problems.optionalText(child, "placeholder", childPath, 0, 150);
            default -> problems.add(childPath, "UNION_TYPE_CHOICES", "May not be in a row.");
          }
          if (ComponentTree.type(child) != ComponentTree.BUTTON) {
            customId(child, childPath);
          }
          number(child, childPath);
        });
  }

  private void button(JsonNode button, String path) {
    problems.optionalText(button, "label", path, 1, 80);
    if (!Json.has(button, "label") && !Json.has(button, "emoji")) {
      problems.add(path, "BUTTON_COMPONENT_INVALID", "A button must have a label or emoji.");
    }
    int style = button.path("style").asInt();
    if (style < 1 || style > 6) {
      problems.invalid(join(path, "style"), "style " + style);
    }
    if (style == 5) {
      problems.text(button, "url", path, 1, 512);
      if (Json.has(button, "custom_id")) {
        problems.add(path, "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", "url, custom_id");
      }
    } else {
      customId(button, path);
    }
  }

  private void customId(JsonNode component, String path) {
    problems.text(component, "custom_id", path, 1, 100);
    if (!customIds.add(component.path("custom_id").asText())) {
      problems.add(
          join(path, "custom_id"),
          "COMPONENT_CUSTOM_ID_DUPLICATED",
          "Component custom id cannot be duplicated");
    }
  }

  private void number(JsonNode component, String path) {
    int id = component.path("id").asInt(0);
    if (id > 0 && !ids.add(id)) {
      problems.add(join(path, "id"), "COMPONENT_ID_DUPLICATED", "Component id is duplicated");
    }
  }

  /** What is done with each item of an array. */
  interface Step {
    void at(JsonNode item, String path);
  }

  static void each(JsonNode array, String path, Step step) {
    for (int i = 0; i < array.size(); i++) {
      step.at(array.get(i), join(path, i));
    }
  }
}

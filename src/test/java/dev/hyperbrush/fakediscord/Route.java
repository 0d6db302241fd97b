package dev.hyperbrush.fakediscord;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something that can be asked for. Immutable.
 *
 * @param name method and template, such as {@code GET /users/{user}}
 */
record Route(String name, Pattern pattern, List<String> names, Function<RestRequest, Answer> work) {
  private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

  static Route of(String name, Function<RestRequest, Answer> work) {
    List<String> names = VARIABLE.matcher(name).results().map(found -> found.group(1)).toList();
    Pattern pattern = Pattern.compile(VARIABLE.matcher(name).replaceAll("([^/]+)"));
    return new Route(name, pattern, names, work);
  }

  /** The values in the path, if the request is for this. */
  Optional<Map<String, String>> match(String method, String path) {
    Matcher matcher = pattern.matcher(method + " " + path);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      values.put(names.get(i), matcher.group(i + 1));
    }
    return Optional.of(values);
  }

  /** Whether the token of an interaction in the path is enough. */
  boolean isOpen() {
    return name.contains("{token}");
  }

  /** What has rate limits of its own. */
  static String major(Map<String, String> path) {
    return path.getOrDefault("channel", "")
        + path.getOrDefault("guild", "")
        + path.getOrDefault("token", "");
  }
}

package dev.hyperbrush.fakediscord;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whom a message calls. Used by one thread. */
final class Mentions {
  private static final Pattern MENTION = Pattern.compile("@everyone|@here|<@!?(\\d+)>|<@&(\\d+)>");

  private final JsonNode allowed;

  /** Missing means that everybody may be called. */
  Mentions(JsonNode allowed, Problems problems) {
    this.allowed = allowed;
    for (String kind : List.of("users", "roles")) {
      if (parses(kind) && allowed.path(kind).size() > 0) {
        problems.add(
            "allowed_mentions", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", kind + " named twice");
      }
      problems.count("allowed_mentions." + kind, allowed.path(kind), 0, 100);
    }
  }

  List<String> pings(String content, JsonNode components) {
    String texts =
        Stream.concat(
                Stream.of(content),
                ComponentTree.all(components).map(one -> one.path("content").asText("")))
            .collect(Collectors.joining("\n"));
    List<String> pings = new ArrayList<>();
    Matcher matcher = MENTION.matcher(texts);
    while (matcher.find()) {
      if (matcher.group(1) != null && may("users", matcher.group(1))) {
        pings.add("user " + matcher.group(1));
      } else if (matcher.group(2) != null && may("roles", matcher.group(2))) {
        pings.add("role " + matcher.group(2));
      } else if (matcher.group().startsWith("@") && may("everyone", "")) {
        pings.add("everyone");
      }
    }
    return List.copyOf(pings);
  }

  private boolean may(String kind, String id) {
    return !allowed.isObject()
        || parses(kind)
        || allowed.path(kind).valueStream().anyMatch(one -> one.asText().equals(id));
  }

  private boolean parses(String kind) {
    return allowed.path("parse").valueStream().anyMatch(one -> one.asText().equals(kind));
  }
}

package dev.hyperbrush.fakediscord;

import com.fasterxml.jackson.databind.JsonNode;

/** Discord's limits on embeds. Used by one thread. */
final class EmbedRules {
  private final Problems problems;
  private int characters;

  EmbedRules(Problems problems) {
    this.problems = problems;
  }

  void check(JsonNode embeds) {
    problems.count("embeds", embeds, 0, 10);
    ComponentRules.each(
        embeds,
        "embeds",
        (embed, path) -> {
          text(embed, "title", path, 256);
          text(embed, "description", path, 4096);
          text(embed.path("footer"), "text", path, 2048);
          text(embed.path("author"), "name", path, 256);
          problems.count(path, embed.path("fields"), 0, 25);
          embed
              .path("fields")
              .forEach(field -> {
                text(field, "name", path, 256);
                text(field, "value", path, 1024);
              });
        });
    if (characters > 6000) {
      problems.add("embeds", "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000");
    }
  }

  private void text(JsonNode node, String field, String path, int most) {
    problems.optionalText(node, field, path, 0, most);
    characters += node.path(field).asText("").length();
  }
}

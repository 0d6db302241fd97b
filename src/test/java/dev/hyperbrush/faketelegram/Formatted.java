package dev.hyperbrush.faketelegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A text and what is marked in it, as the server keeps it: trimmed, with positions in UTF-16 units.
 * Immutable.
 */
record Formatted(String text, List<Span> spans) {
  static final Formatted EMPTY = new Formatted("", List.of());

  /**
   * @param extra the address of a link
   */
  record Span(String type, int offset, int length, Optional<String> extra) {}

  /** Reads text by its parse mode, or with entities. */
  static Formatted read(String text, Optional<String> mode, Optional<JsonNode> entities) {
    if (mode.isPresent() && entities.isPresent()) {
      throw Refusal.mistake("parse_mode and entities exclude each other");
    }
    Formatted read =
        switch (mode.orElse("").toLowerCase(Locale.ROOT)) {
          case "" -> new Formatted(text, entities.map(Formatted::spans).orElse(List.of()));
          case "html" -> HtmlText.parse(text);
          case "markdownv2" -> MarkdownText.parse(text);
          default -> throw Refusal.mistake("unsupported parse_mode");
        };
    return read.checked();
  }

  private static List<Span> spans(JsonNode entities) {
    return entities
        .valueStream()
        .map(entity ->
            new Span(
                entity.path("type").asText(),
                entity.path("offset").asInt(-1),
                entity.path("length").asInt(),
                Optional.ofNullable(entity.get("url")).map(JsonNode::asText)))
        .toList();
  }

  private Formatted checked() {
    if (text.indexOf('\u0000') >= 0 || !wellFormed(text)) {
      throw Refusal.mistake("strings must be encoded in UTF-8");
    }
    for (Span span : spans) {
      if (span.offset() < 0 || span.length() < 0 || span.offset() + span.length() > text.length()) {
        throw Refusal.mistake("entity " + span.type() + " lies outside the text");
      }
    }
    if (spans.size() > 100) {
      throw Refusal.mistake("more than 100 entities: those after the hundredth would be lost");
    }
    return text.strip().equals(text) ? this : stripped();
  }

  private static boolean wellFormed(String text) {
    return text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
  }

  private Formatted stripped() {
    int lead = text.length() - text.stripLeading().length();
    String kept = text.strip();
    List<Span> moved =
        spans.stream()
            .map(span -> {
              int from = Math.clamp((long) span.offset() - lead, 0, kept.length());
              int to = Math.clamp((long) span.offset() + span.length() - lead, 0, kept.length());
              return new Span(span.type(), from, to - from, span.extra());
            })
            .filter(span -> span.length() > 0)
            .toList();
    return new Formatted(kept, moved);
  }

  ArrayNode json() {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (Span span : spans) {
      ObjectNode entity = json.addObject();
      entity.put("type", span.type()).put("offset", span.offset()).put("length", span.length());
      span.extra().ifPresent(url -> entity.put("url", url));
    }
    return json;
  }
}

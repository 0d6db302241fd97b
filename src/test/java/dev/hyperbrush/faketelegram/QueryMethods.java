package dev.hyperbrush.faketelegram;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Answers to buttons and to the inline mode. Called with the world's monitor held. */
final class QueryMethods {
  private static final Duration CALLBACK_LIFE = Duration.ofSeconds(15);
  private static final Duration INLINE_LIFE = Duration.ofSeconds(10);

  private final World world;

  QueryMethods(World world) {
    this.world = world;
  }

  Map<String, Method> methods() {
    return Map.of(
        "answercallbackquery", this::answerCallbackQuery,
        "answerinlinequery", this::answerInlineQuery);
  }

  private JsonNode answerCallbackQuery(Parameters parameters) {
    String text = parameters.text("text").orElse("");
    boolean alert = parameters.flag("show_alert");
    parameters.number("cache_time");
    Optional<String> url = parameters.text("url");
    if (text.length() > 200) {
      throw Refusal.mistake("MESSAGE_TOO_LONG");
    }
    Press press = world.presses.get(parameters.required("callback_query_id"));
    if (press == null || press.answer().isPresent() || late(press.at, CALLBACK_LIFE)) {
      throw tooOld();
    }
    press.answer(new Press.Answer(text, alert, url));
    return JsonNodeFactory.instance.booleanNode(true);
  }

  private static Refusal tooOld() {
    return Refusal.misfortune(
        "query is too old and response timeout expired or query ID is invalid");
  }

  private boolean late(Instant asked, Duration life) {
    return asked.plus(life).isBefore(world.now());
  }

  private JsonNode answerInlineQuery(Parameters parameters) {
    JsonNode results = parameters.json("results").orElseThrow(() -> Refusal.mistake("no results"));
    boolean personal = parameters.flag("is_personal");
    String next = parameters.text("next_offset").orElse("");
    parameters.number("cache_time");
    Optional<JsonNode> button = parameters.json("button");
    if (results.size() > 50) {
      throw Refusal.mistake("RESULTS_TOO_MUCH");
    }
    if (next.getBytes(UTF_8).length > 64) {
      throw Refusal.mistake("NEXT_OFFSET_INVALID");
    }
    Set<String> ids = new HashSet<>();
    results.forEach(result -> check(result, ids));
    InlineAsk ask = world.asks.get(parameters.required("inline_query_id"));
    if (ask == null || ask.answer().isPresent() || late(ask.at, INLINE_LIFE)) {
      throw tooOld();
    }
    List<JsonNode> list = results.valueStream().toList();
    ask.answer(new InlineAsk.Answer(list, personal, next, button));
    return JsonNodeFactory.instance.booleanNode(true);
  }

  private void check(JsonNode result, Set<String> ids) {
    String id = result.path("id").asText();
    int bytes = id.getBytes(UTF_8).length;
    if (bytes < 1 || bytes > 64) {
      throw Refusal.mistake("RESULT_ID_INVALID");
    }
    if (!ids.add(id)) {
      throw Refusal.mistake("RESULT_ID_DUPLICATE");
    }
    switch (result.path("type").asText()) {
      case "photo" -> file(result, "photo_file_id", true);
      case "document" -> file(result, "document_file_id", false);
      case "article" -> article(result);
      default -> throw Refusal.mistake("unsupported inline query result type");
    }
    Keyboards.edited(Optional.ofNullable(result.get("reply_markup")).filter(n -> !n.isNull()));
  }

  private void file(JsonNode result, String name, boolean photo) {
    world.files.known(result.path(name).asText(), photo);
    if (!photo && result.path("title").asText().isBlank()) {
      throw Refusal.mistake("RESULT_TITLE_INVALID");
    }
    caption(result);
  }

  private static void article(JsonNode result) {
    if (result.path("title").asText().isBlank()) {
      throw Refusal.mistake("RESULT_TITLE_INVALID");
    }
    JsonNode content = result.path("input_message_content");
    Formatted text =
        Formatted.read(
            content.path("message_text").asText(),
            Optional.ofNullable(content.get("parse_mode")).map(JsonNode::asText),
            Optional.ofNullable(content.get("entities")));
    if (text.text().isEmpty() || text.text().length() > 4096) {
      throw Refusal.mistake("message text is empty or too long");
    }
  }

  static Formatted caption(JsonNode result) {
    Formatted caption =
        Formatted.read(
            result.path("caption").asText(),
            Optional.ofNullable(result.get("parse_mode")).map(JsonNode::asText),
            Optional.ofNullable(result.get("caption_entities")));
    if (caption.text().length() > 1024) {
      throw Refusal.mistake("MEDIA_CAPTION_TOO_LONG");
    }
    return caption;
  }
}

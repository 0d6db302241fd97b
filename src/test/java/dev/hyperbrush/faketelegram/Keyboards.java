package dev.hyperbrush.faketelegram;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hyperbrush.faketelegram.SeenMessage.SeenButton;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What an inline keyboard may be. */
final class Keyboards {
  private static final int MAX_ROW = 8;
  private static final int MAX_ALL = 100;
  private static final Set<String> KINDS =
      Set.of(
          "callback_data",
          "url",
          "copy_text",
          "switch_inline_query",
          "switch_inline_query_current_chat",
          "switch_inline_query_chosen_chat",
          "login_url",
          "web_app",
          "pay",
          "callback_game");
  private static final Set<String> STYLES = Set.of("danger", "success", "primary");

  private Keyboards() {}

  /** Of a message that is sent: a keyboard in the message, or one that changes the person's. */
  static Optional<JsonNode> sent(Optional<JsonNode> markup) {
    if (markup.isPresent() && !markup.get().has("inline_keyboard")) {
      boolean known =
          markup.get().has("force_reply")
              || markup.get().has("remove_keyboard")
              || markup.get().has("keyboard");
      if (!known && !markup.get().isEmpty()) {
        throw Refusal.mistake("object expected as reply markup");
      }
      return Optional.empty();
    }
    return edited(markup);
  }

  /** Of a message that is edited: none, or one in the message. */
  static Optional<JsonNode> edited(Optional<JsonNode> markup) {
    if (markup.isEmpty()) {
      return markup;
    }
    JsonNode rows = markup.get().path("inline_keyboard");
    if (!rows.isArray()) {
      throw Refusal.mistake("field \"inline_keyboard\" of the reply markup must be an Array");
    }
    int all = 0;
    for (JsonNode row : rows) {
      if (!row.isArray() || row.size() > MAX_ROW) {
        throw Refusal.mistake("a row of an inline keyboard has at most 8 buttons");
      }
      row.forEach(Keyboards::button);
      all += row.size();
    }
    if (all > MAX_ALL) {
      throw Refusal.mistake("reply markup is too long");
    }
    return all == 0 ? Optional.empty() : markup;
  }

  private static void button(JsonNode button) {
    String text = button.path("text").asText();
    if (text.isBlank()) {
      throw Refusal.mistake("text buttons are unallowed in the inline keyboard");
    }
    long kinds = KINDS.stream().filter(button::has).count();
    if (kinds != 1) {
      throw Refusal.mistake("button \"" + text + "\" must do exactly one thing");
    }
    data(button);
    url(button);
    JsonNode copy = button.get("copy_text");
    if (copy != null && wrongLength(copy.path("text").asText(), 256)) {
      throw Refusal.mistake("BUTTON_COPY_TEXT_INVALID");
    }
    JsonNode style = button.get("style");
    if (style != null && !STYLES.contains(style.asText())) {
      throw Refusal.mistake("unknown button style " + style);
    }
  }

  private static boolean wrongLength(String text, int max) {
    return text.isEmpty() || text.length() > max;
  }

  private static void data(JsonNode button) {
    JsonNode data = button.get("callback_data");
    if (data == null) {
      return;
    }
    int bytes = data.asText().getBytes(UTF_8).length;
    if (bytes < 1 || bytes > 64) {
      throw Refusal.mistake("BUTTON_DATA_INVALID");
    }
  }

  private static void url(JsonNode button) {
    JsonNode url = button.get("url");
    if (url == null) {
      return;
    }
    try {
      String scheme = Optional.ofNullable(URI.create(url.asText()).getScheme()).orElse("");
      if (!Set.of("http", "https", "tg").contains(scheme)) {
        throw Refusal.mistake("inline keyboard button URL '%s' is invalid".formatted(url));
      }
    } catch (IllegalArgumentException e) {
      throw Refusal.mistake("inline keyboard button URL '%s' is invalid".formatted(url));
    }
  }

  static List<List<SeenButton>> seen(Optional<JsonNode> markup) {
    return markup.stream()
        .flatMap(node -> node.path("inline_keyboard").valueStream())
        .map(row -> row.valueStream().map(Keyboards::seenButton).toList())
        .toList();
  }

  private static SeenButton seenButton(JsonNode button) {
    return new SeenButton(
        button.path("text").asText(),
        Optional.ofNullable(button.get("callback_data")).map(JsonNode::asText),
        Optional.ofNullable(button.get("url")).map(JsonNode::asText),
        button);
  }
}

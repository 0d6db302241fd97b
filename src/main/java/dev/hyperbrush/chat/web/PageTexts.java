package dev.hyperbrush.chat.web;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hyperbrush.chat.Texts;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The words of the page itself, in every language of {@link Texts}; answers of verbs bring their
 * own. Immutable.
 */
final class PageTexts {
  /** Longer lists of languages come from no browser, and each costs a look-up. */
  private static final int LONGEST_LIST = 200;

  private final Map<Locale, Map<String, String>> texts = new LinkedHashMap<>();

  PageTexts() {
    JsonMapper json = new JsonMapper();
    for (Locale language : Texts.LANGUAGES) {
      String file = "texts/" + language.toLanguageTag() + ".json";
      try (InputStream in = PageTexts.class.getResourceAsStream(file)) {
        texts.put(
            language,
            Map.copyOf(
                json.readValue(
                    Objects.requireNonNull(in, file),
                    new TypeReference<Map<String, String>>() {})));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** All words in a language of {@link Texts#LANGUAGES}. */
  Map<String, String> in(Locale language) {
    return Objects.requireNonNull(texts.get(language), language::toLanguageTag);
  }

  /** The language that suits a browser best. */
  static Locale languageOf(Context request) {
    String wanted = Optional.ofNullable(request.header("Accept-Language")).orElse("");
    if (wanted.isBlank() || wanted.length() > LONGEST_LIST) {
      return Locale.ENGLISH;
    }
    try {
      return Locale.LanguageRange.parse(wanted).stream()
          .filter(range -> range.getWeight() > 0)
          .map(range -> Texts.find(Locale.forLanguageTag(range.getRange())))
          .flatMap(Optional::stream)
          .findFirst()
          .orElse(Locale.ENGLISH);
    } catch (IllegalArgumentException notAList) {
      return Locale.ENGLISH;
    }
  }
}

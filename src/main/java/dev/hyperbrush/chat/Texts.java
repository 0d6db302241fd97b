package dev.hyperbrush.chat;

import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode.Form;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/**
 * All words shown to people: {@code texts.properties} in English, and one file per other language.
 * The sentences of reason codes stand in the code itself in English, and as {@code reason.CODE} in
 * the other files. Immutable.
 */
public final class Texts {
  /** Languages that everything is said in. */
  public static final List<Locale> LANGUAGES =
      List.of(
          Locale.ENGLISH,
          Locale.SIMPLIFIED_CHINESE,
          Locale.JAPANESE,
          Locale.GERMAN,
          Locale.FRENCH,
          Locale.of("es"),
          Locale.of("pt", "BR"));

  private static final int MOST_PLACES = 9;

  private static final String BUNDLE = "dev.hyperbrush.chat.texts";

  /** Without it, a language nobody translated would be answered in that of the machine. */
  private static final Control NO_FALLBACK =
      Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);

  /**
   * What somebody who speaks a language is answered in: that or another variety of it, whatever its
   * country or script, so that all Chinese is answered in the one Chinese there is.
   */
  public static Optional<Locale> find(Locale spoken) {
    return LANGUAGES.contains(spoken)
        ? Optional.of(spoken)
        : LANGUAGES.stream()
            .filter(language -> language.getLanguage().equals(spoken.getLanguage()))
            .findFirst();
  }

  /** As {@link #find}, and English where that finds nothing. */
  public static Locale nearest(Locale spoken) {
    return find(spoken).orElse(Locale.ENGLISH);
  }

  /** A phrase in the language nearest to a person's. */
  public static String say(Locale spoken, Phrase phrase) {
    Locale locale = nearest(spoken);
    ResourceBundle bundle = bundle(locale);
    String key = "reason." + phrase.code();
    String pattern = bundle.containsKey(key) ? bundle.getString(key) : phrase.code().english();
    Object[] said = new Object[Math.max(phrase.args().size(), MOST_PLACES)];
    Arrays.fill(said, "–"); // a version before this one may have kept the sentence with fewer
    for (int place = 0; place < phrase.args().size(); place++) {
      said[place] = said(locale, phrase.code().form(place), phrase.args().get(place));
    }
    return String.format(locale, pattern, said);
  }

  private static String said(Locale locale, Form form, String value) {
    try {
      return switch (form) {
        case PLAIN -> value;
        case SPAN -> TimeText.span(locale, Duration.parse(value));
        case ESTIMATE ->
            value.isEmpty()
                ? get(locale, "span.unknown")
                : TimeText.about(locale, Duration.parse(value));
        case CLOCK -> TimeText.clock(locale, ZonedDateTime.parse(value));
      };
    } catch (DateTimeParseException e) { // another version may have written something else there
      return value;
    }
  }

  /** The text of a key, its {@code %1$s} places filled. */
  public static String get(Locale locale, String key, Object... args) {
    return String.format(locale, bundle(locale).getString(key), args);
  }

  /** Whether there is a text of this key. */
  public static boolean has(String key) {
    return bundle(Locale.ENGLISH).containsKey(key);
  }

  static ResourceBundle bundle(Locale locale) {
    return ResourceBundle.getBundle(BUNDLE, nearest(locale), NO_FALLBACK);
  }

  private Texts() {}
}

package dev.hyperbrush.command;

import dev.hyperbrush.chat.Texts;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The languages that people can be answered in, and the short numbers of their buttons. */
final class Languages {
  private static final int RADIX = 36;

  /** The language of a name in itself or in English, or of a tag, of any variety of it. */
  static Optional<Locale> find(String text) {
    return Texts.LANGUAGES.stream()
        .filter(language -> names(language).anyMatch(text::equalsIgnoreCase))
        .findFirst()
        .or(() -> Texts.find(Locale.forLanguageTag(text.replace('_', '-'))));
  }

  private static Stream<String> names(Locale language) {
    return Stream.of(
        name(language),
        language.getDisplayLanguage(language),
        language.getDisplayLanguage(Locale.ENGLISH));
  }

  /** As people who speak it call it. */
  static String name(Locale language) {
    return Texts.get(language, "language.name");
  }

  /** The tag as a number that stays the same for good, however many languages there will be. */
  static long number(Locale language) {
    return Long.parseLong(language.toLanguageTag().replace("-", ""), RADIX);
  }

  static Optional<Locale> ofNumber(long number) {
    return Texts.LANGUAGES.stream().filter(language -> number(language) == number).findFirst();
  }

  private Languages() {}
}

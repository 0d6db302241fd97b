package dev.hyperbrush.command;

import dev.hyperbrush.chat.Texts;
import java.util.Locale;
import java.util.Optional;

/** The languages that people can be answered in, and the short numbers of their buttons. */
final class Languages {
  private static final int RADIX = 36;

  /** The language of a tag or of a name in itself or in English. */
  static Optional<Locale> find(String text) {
    return Texts.LANGUAGES.stream()
        .filter(language ->
            language.toLanguageTag().equalsIgnoreCase(text.replace('_', '-'))
                || language.getDisplayName(language).equalsIgnoreCase(text)
                || language.getDisplayName(Locale.ENGLISH).equalsIgnoreCase(text))
        .findFirst();
  }

  /** As people who speak it call it. */
  static String name(Locale language) {
    return language.getDisplayName(language);
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

package dev.hyperbrush.chat.discord;

import dev.hyperbrush.chat.Texts;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import net.dv8tion.jda.api.interactions.DiscordLocale;

/** Which of Discord's languages is answered in which of ours. */
final class DiscordLanguages {
  /** Those that are spoken here; all others read the English that stands for everybody. */
  private static final Map<DiscordLocale, Locale> SPOKEN =
      new EnumMap<>(
          Map.of(
              DiscordLocale.GERMAN, Locale.GERMAN,
              DiscordLocale.FRENCH, Locale.FRENCH,
              DiscordLocale.SPANISH, Locale.of("es"),
              DiscordLocale.SPANISH_LATAM, Locale.of("es"),
              DiscordLocale.PORTUGUESE_BRAZILIAN, Locale.of("pt", "BR"),
              DiscordLocale.CHINESE_CHINA, Locale.SIMPLIFIED_CHINESE,
              DiscordLocale.CHINESE_TAIWAN, Locale.SIMPLIFIED_CHINESE,
              DiscordLocale.JAPANESE, Locale.JAPANESE));

  /** The language of whoever uses Discord in this one. */
  static Locale of(DiscordLocale locale) {
    return locale == DiscordLocale.UNKNOWN
        ? Locale.ENGLISH
        : Texts.nearest(Locale.forLanguageTag(locale.getLocale()));
  }

  /** What something is called, in all languages but English. */
  static Map<DiscordLocale, String> all(Function<Locale, String> text) {
    Map<DiscordLocale, String> all = new EnumMap<>(DiscordLocale.class);
    SPOKEN.forEach((discords, ours) -> all.put(discords, text.apply(ours)));
    return all;
  }

  private DiscordLanguages() {}
}

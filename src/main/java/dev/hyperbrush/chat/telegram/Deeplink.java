package dev.hyperbrush.chat.telegram;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a link {@code t.me/bot?start=…} opens: {@code show_12} or {@code show_12_2} a picture,
 * {@code preset_moody} a preset. Telegram passes on 64 characters of {@code [A-Za-z0-9_-]}.
 * Immutable.
 *
 * @param verb that shows it
 */
record Deeplink(String verb, String text) {
  private static final int LONGEST = 64;
  private static final Pattern SHOW = Pattern.compile("show_(\\d{1,18})(?:_(\\d{1,4}))?");
  private static final Pattern PRESET = Pattern.compile("preset_([A-Za-z0-9_-]+)");

  /** What a payload stands for; empty when it stands for nothing. */
  static Optional<Deeplink> parse(String payload) {
    Matcher show = SHOW.matcher(payload);
    Matcher preset = PRESET.matcher(payload);
    if (payload.length() > LONGEST) {
      return Optional.empty();
    } else if (show.matches()) {
      String index = show.group(2) == null ? "" : " " + show.group(2);
      return Optional.of(new Deeplink("show", show.group(1) + index));
    } else if (preset.matches()) {
      return Optional.of(new Deeplink("preset show", preset.group(1)));
    }
    return Optional.empty();
  }

  /** The link that opens the chat with a bot. */
  static String chat(String username) {
    return "https://t.me/" + username + "?start=hello";
  }
}

package dev.hyperbrush.chat;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a button does: a verb, a job, a picture of it. Carries no state, so that a button works for
 * years and on any process; written as {@code verb:job:index}, at most 64 bytes (Telegram's limit).
 */
public record ActionId(String verb, long job, int index) {
  private static final Pattern FORM = Pattern.compile("([a-z-]{1,32}):([0-9]{1,18}):([0-9]{1,4})");

  /** The action that {@code text} encodes; empty when it encodes none. */
  public static Optional<ActionId> parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new ActionId(
            parts.group(1), Long.parseLong(parts.group(2)), Integer.parseInt(parts.group(3))));
  }

  public String encode() {
    return verb + ":" + job + ":" + index;
  }
}

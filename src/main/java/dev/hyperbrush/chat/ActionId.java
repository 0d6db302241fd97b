package dev.hyperbrush.chat;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a button does: a verb, the number of what it is about, and a picture of that. Carries no
 * state and no right: what the number stands for is looked up with the rights of whoever presses,
 * so that an invented number leads nowhere, and a button works for years and on any process.
 * Written as {@code verb:id:index}, a verb of two words with a point between them, at most 64 bytes
 * (Telegram's limit).
 *
 * @param id of a job, or of what else the verb is about
 * @param index of a picture within the job, or else what the verb makes of it
 */
public record ActionId(String verb, long id, int index) {
  private static final Pattern FORM =
      Pattern.compile("([a-z-]{1,20}(?:\\.[a-z-]{1,20})?):([0-9]{1,18}):([0-9]{1,4})");

  /** The action that {@code text} encodes; empty when it encodes none. */
  public static Optional<ActionId> parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new ActionId(
            parts.group(1).replace('.', ' '),
            Long.parseLong(parts.group(2)),
            Integer.parseInt(parts.group(3))));
  }

  public String encode() {
    return verb.replace(' ', '.') + ":" + id + ":" + index;
  }
}

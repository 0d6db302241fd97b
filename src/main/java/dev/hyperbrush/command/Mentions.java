package dev.hyperbrush.command;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ids in the form in which platforms write them into a message. */
final class Mentions {
  private static final Pattern MENTION = Pattern.compile("<(?:@[!&]?|#)(\\d{1,20})>");

  /** The id of a mention; what is none as it is. */
  static String id(String text) {
    Matcher mention = MENTION.matcher(text.strip());
    return mention.matches() ? mention.group(1) : text.strip();
  }

  private Mentions() {}
}

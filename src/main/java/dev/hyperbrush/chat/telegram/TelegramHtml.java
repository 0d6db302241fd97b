package dev.hyperbrush.chat.telegram;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What people and programs wrote, as text of Telegram's HTML in which nothing of it is markup,
 * pings anybody or turns the reading direction of what stands behind it. Telegram counts what is
 * left when markup is taken out, so texts are cut before they are escaped and no entity is ever
 * cut.
 */
final class TelegramHtml {
  /** What Telegram calls it. */
  static final String PARSE_MODE = "HTML";

  /** Of a message. */
  static final int LONGEST_TEXT = 4096;

  /** Of a caption. */
  static final int LONGEST_CAPTION = 1024;

  private static final String MORE = "…";

  /** As far back from the limit a space or a line's end is looked for, as part of the limit. */
  private static final int LOOK_BACK = 8;

  /** Embeddings, overrides and isolates of the bidirectional algorithm. */
  private static final Pattern DIRECTION = Pattern.compile("[\\u202A-\\u202E\\u2066-\\u2069]");

  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\\n\\t]]");

  /** A surrogate without its other half is no text. */
  private static final Pattern HALF = Pattern.compile("\\p{Cs}");

  /** Where a name may begin that would be told of it. */
  private static final Pattern PING = Pattern.compile("@(?=\\w)");

  /** Tied to the letter behind it, invisible, and no part of a name. */
  private static final String WORD_JOINER = "\u2060";

  /** Without what could do harm; as long as it will count. */
  static String plain(String text) {
    String calm = text.replace("\r\n", "\n").replace('\r', '\n');
    calm = DIRECTION.matcher(calm).replaceAll("");
    calm = CONTROL.matcher(calm).replaceAll("");
    calm = HALF.matcher(calm).replaceAll("\uFFFD");
    return PING.matcher(calm).replaceAll("@" + WORD_JOINER);
  }

  /** Markup of what is plain already. */
  static String escape(String plain) {
    return plain
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** What is plain, cut at a word's or at least a character's end, with dots where it was cut. */
  static String cut(String plain, int limit) {
    if (plain.length() <= limit) {
      return plain;
    }
    int room = limit - MORE.length();
    return room <= 0 ? "" : plain.substring(0, end(plain, room)).stripTrailing() + MORE;
  }

  /** What is plain, in parts of at most so much; lines are kept together where that is possible. */
  static List<String> split(String plain, int limit) {
    List<String> parts = new ArrayList<>();
    String rest = plain.strip();
    while (rest.length() > limit) {
      int line = rest.lastIndexOf('\n', limit);
      int end = line > limit / 2 ? line : end(rest, limit);
      parts.add(rest.substring(0, end).strip());
      rest = rest.substring(end).strip();
    }
    if (!rest.isEmpty()) {
      parts.add(rest);
    }
    return parts;
  }

  /** Where to cut at or before {@code limit}, not within what is seen as one character. */
  private static int end(String text, int limit) {
    BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
    characters.setText(text);
    int whole = characters.isBoundary(limit) ? limit : characters.preceding(limit);
    int from = limit - limit / LOOK_BACK;
    for (int space = whole; space > from; space--) {
      if (Character.isWhitespace(text.charAt(space))) {
        return space;
      }
    }
    // One character can be longer than all the room: letters with thousands of marks.
    return whole > from ? whole : Character.isLowSurrogate(text.charAt(limit)) ? limit - 1 : limit;
  }

  private TelegramHtml() {}
}

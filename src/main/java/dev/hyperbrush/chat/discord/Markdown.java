package dev.hyperbrush.chat.discord;

import java.text.BreakIterator;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Makes text of people harmless in Discord's markdown: it is shown as it is, mentions nobody, links
 * nowhere, and does not turn round the text beside it. What it adds counts towards Discord's
 * limits, so cutting happens in here too.
 */
final class Markdown {
  static final String CUT = "…";

  /** What means something wherever it stands. */
  private static final String SPECIAL = "\\*_~|`<@#[]";

  /** Controls but for line ends; direction marks that hold beyond themselves; half characters. */
  private static final Pattern HARMFUL =
      Pattern.compile(
          "[\\p{Cc}\\p{Cs}&&[^\\n]]|[\\u202A-\\u202E\\u2066-\\u2069\\uFEFF\\uFFFE\\uFFFF]");

  private static final Pattern LINE_ENDS =
      Pattern.compile("\\r\\n?|[\\u000B\\f\\u0085\\u2028\\u2029]");
  private static final Pattern EMPTY_LINES = Pattern.compile("\\n(?:[^\\S\\n]*\\n){2,}");

  /** Marks set on top of one letter beyond what any script needs, which grow into other lines. */
  private static final Pattern HEAPED_MARKS = Pattern.compile("(\\p{M}{8})\\p{M}+");

  /** A list, a heading, a quotation: what means something only there. */
  private static final Pattern LINE_START = Pattern.compile("(?m)^([^\\S\\n]*\\d*)([-+>.)])");

  /** A word is not cut in two if it begins so near to the end. */
  private static final int LONGEST_TAIL = 24;

  /** Escaped. */
  static String escape(String text) {
    return escaped(clean(text));
  }

  /**
   * Escaped, and cut where that is longer.
   *
   * @param limit UTF-16 units of what is returned, 1 or more
   */
  static String escape(String text, int limit) {
    String clean = clean(text);
    String whole = escaped(clean);
    if (whole.length() <= limit) {
      return whole;
    }
    int fits = 0;
    int ends = Math.min(clean.length(), limit);
    while (fits < ends) { // the longest beginning that fits when it is escaped
      int middle = (fits + ends + 1) >>> 1;
      if (escaped(cut(clean, middle)).length() <= limit) {
        fits = middle;
      } else {
        ends = middle - 1;
      }
    }
    return escaped(cut(clean, fits));
  }

  /** In one line. */
  static String line(String text, int limit) {
    return escape(text.replaceAll("\\s+", " ").strip(), limit);
  }

  /** For where there is no markdown: labels, alternative texts, files. */
  static String clean(String text) {
    String lines = LINE_ENDS.matcher(text).replaceAll("\n");
    String harmless = HARMFUL.matcher(lines.replace('\t', ' ')).replaceAll("");
    String flat = HEAPED_MARKS.matcher(harmless).replaceAll("$1");
    return EMPTY_LINES.matcher(flat).replaceAll("\n\n");
  }

  /** As {@link #clean}, in one line of at most so many UTF-16 units. */
  static String plain(String text, int limit) {
    return cut(clean(text).replaceAll("\\s+", " ").strip(), limit);
  }

  /** Not in the middle of what is one character to people, nor of a word if that is near. */
  static String cut(String text, int limit) {
    if (text.length() <= limit) {
      return text;
    }
    int room = Math.max(limit - CUT.length(), 0);
    BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
    characters.setText(text);
    int end = characters.isBoundary(room) ? room : Math.max(characters.preceding(room), 0);
    for (int i = end; i > Math.max(end - LONGEST_TAIL, 0); i--) {
      if (Character.isWhitespace(text.charAt(i))) {
        end = i;
        break;
      }
    }
    return limit < CUT.length() ? "" : text.substring(0, end).stripTrailing() + CUT;
  }

  private static String escaped(String clean) {
    String starts = LINE_START.matcher(clean).replaceAll("$1\u0000$2");
    StringBuilder escaped = new StringBuilder(starts.length() + 16);
    for (int i = 0; i < starts.length(); i++) {
      char c = starts.charAt(i);
      boolean link = c == ':' && starts.startsWith("//", i + 1);
      if (c == 0) {
        escaped.append('\\');
      } else if (link || SPECIAL.indexOf(c) >= 0) {
        escaped.append('\\').append(c);
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }

  private Markdown() {}
}

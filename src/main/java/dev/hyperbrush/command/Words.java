package dev.hyperbrush.command;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a line into words: at spaces, except that a quoted span which begins like a word is one.
 * Linear in the length of the line, whatever is in it. Owned by the call that cuts.
 */
final class Words {
  private static final String OPENING = "\"“„«";

  /** What closes each of {@link #OPENING}: English, German and French ways. */
  private static final List<String> CLOSING = List.of("\"", "”", "“”", "»");

  private static final String BEHIND_QUOTE = ",.;:!?)";

  private final String line;

  /** Opening quotes that nothing closes from here on, so that no search runs twice. */
  private final boolean[] neverClosed = new boolean[OPENING.length()];

  private Words(String line) {
    this.line = line;
  }

  /**
   * A word.
   *
   * @param typed as it stands in the line
   * @param meant without quotes
   * @param quoted whether it begins with a quoted span, so that it cannot be a flag
   */
  record Word(String typed, String meant, boolean quoted) {
    static Word plain(String typed) {
      return new Word(typed, typed, false);
    }
  }

  /** The words of a line that has been cleaned. */
  static List<Word> cut(String line) {
    return new Words(line).cut();
  }

  /**
   * A line without what no line should have: every kind of space and line break becomes a space,
   * control characters, halves of characters and invisible marks go.
   */
  static String clean(String text) {
    StringBuilder cleaned = new StringBuilder(text.length());
    text.codePoints()
        .forEach(character -> {
          if (Character.isWhitespace(character) || Character.isSpaceChar(character)) {
            cleaned.append(' ');
          } else if (printable(character)) {
            cleaned.appendCodePoint(character);
          }
        });
    return cleaned.toString();
  }

  private static boolean printable(int character) {
    boolean invisible = character == 0x200B || character == 0xFEFF;
    boolean noCharacter = (character & 0xFFFE) == 0xFFFE;
    return !Character.isISOControl(character)
        && Character.getType(character) != Character.SURROGATE
        && !invisible
        && !noCharacter;
  }

  private List<Word> cut() {
    List<Word> words = new ArrayList<>();
    int at = 0;
    while (at < line.length()) {
      if (line.charAt(at) == ' ') {
        at++;
        continue;
      }
      Word word = wordAt(at);
      words.add(word);
      at += word.typed().length();
    }
    return words;
  }

  private Word wordAt(int start) {
    int close = closing(start);
    if (close < 0) {
      int end = plainEnd(start);
      return Word.plain(line.substring(start, end));
    }
    int end = plainEnd(close);
    String typed = line.substring(start, end);
    boolean alone = end == close + 1;
    return new Word(typed, alone ? unescaped(line.substring(start + 1, close)) : typed, true);
  }

  /** Where a word that is not quoted ends; the value of {@code --flag="a b"} belongs to it. */
  private int plainEnd(int start) {
    boolean dashed = Dashes.isDash(line.charAt(start));
    int at = start;
    while (at < line.length() && line.charAt(at) != ' ') {
      int close = dashed && line.charAt(at) == '=' ? closing(at + 1) : -1;
      at = close < 0 ? at + 1 : close + 1;
    }
    return at;
  }

  /** The quote that closes a span opened at {@code start}; -1 when none opens or none closes. */
  private int closing(int start) {
    int kind = start < line.length() ? OPENING.indexOf(line.charAt(start)) : -1;
    if (kind < 0 || neverClosed[kind]) {
      return -1;
    }
    for (int at = start + 1; at < line.length(); at++) {
      char sign = line.charAt(at);
      if (sign == '\\') {
        at++;
      } else if (CLOSING.get(kind).indexOf(sign) >= 0 && endsWord(at)) {
        return at;
      }
    }
    neverClosed[kind] = true;
    return -1;
  }

  /** Whether nothing but punctuation follows, so that an inch or an apostrophe closes nothing. */
  private boolean endsWord(int quote) {
    int next = quote + 1;
    return next == line.length()
        || line.charAt(next) == ' '
        || BEHIND_QUOTE.indexOf(line.charAt(next)) >= 0;
  }

  /** {@code \"} and {@code \\} stand for the sign; any other backslash is one. */
  private static String unescaped(String inside) {
    StringBuilder text = new StringBuilder(inside.length());
    for (int at = 0; at < inside.length(); at++) {
      boolean escape =
          inside.charAt(at) == '\\'
              && at + 1 < inside.length()
              && "\"\\".indexOf(inside.charAt(at + 1)) >= 0;
      text.append(inside.charAt(escape ? ++at : at));
    }
    return text.toString();
  }

  /** Whether something in a text could open a quoted span. */
  static boolean hasQuotes(String text) {
    return text.chars().anyMatch(sign -> OPENING.indexOf(sign) >= 0);
  }

  /** {@code text} as one word that means it exactly. */
  static String quote(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}

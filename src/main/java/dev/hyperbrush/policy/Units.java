package dev.hyperbrush.policy;

import java.util.Arrays;

/**
 * Cuts a text into letters with the accents that are set on them, without what nobody sees. Linear
 * in the length of the text.
 */
final class Units {
  /** The ASCII signs as texts, so that usual prompts make none. */
  private static final String[] ASCII = new String[0x80];

  static {
    Arrays.setAll(ASCII, sign -> Character.toString(sign));
  }

  /** Is told of every unit, and of where it stood: from {@code begin} to before {@code end}. */
  interface Reader {
    void read(String unit, int begin, int end);
  }

  static void forEach(String text, Reader reader) {
    int at = 0;
    while (at < text.length()) {
      at = isAlone(text, at) ? readAscii(text, at, reader) : readUnit(text, at, reader);
    }
  }

  private static boolean isAlone(String text, int at) {
    boolean nothingOnIt = at + 1 == text.length() || text.charAt(at + 1) < ASCII.length;
    return nothingOnIt && text.charAt(at) < ASCII.length;
  }

  private static int readAscii(String text, int at, Reader reader) {
    if (!Signs.isInvisible(text.charAt(at))) {
      reader.read(ASCII[text.charAt(at)], at, at + 1);
    }
    return at + 1;
  }

  private static int readUnit(String text, int begin, Reader reader) {
    StringBuilder unit = new StringBuilder();
    int end = begin;
    do {
      int sign = text.codePointAt(end);
      if (!Signs.isInvisible(sign)) {
        unit.appendCodePoint(sign);
      }
      end += Character.charCount(sign);
    } while (end < text.length() && goesOn(text.codePointAt(end)));
    if (!unit.isEmpty()) {
      reader.read(unit.toString(), begin, end);
    }
    return end;
  }

  private static boolean goesOn(int sign) {
    return Signs.isAccent(sign) || Signs.isInvisible(sign) || isVoicing(sign);
  }

  /** The marks that make は to ば and ぱ. */
  private static boolean isVoicing(int sign) {
    return sign == 0x3099 || sign == 0x309A;
  }

  private Units() {}
}

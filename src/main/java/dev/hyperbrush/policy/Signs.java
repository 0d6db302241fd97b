package dev.hyperbrush.policy;

import java.lang.Character.UnicodeScript;
import java.util.Locale;
import java.util.Set;

/** What kind of sign a code point is to a rule. */
final class Signs {
  /** Scripts whose words stand side by side without a space. */
  private static final Set<UnicodeScript> UNSPACED =
      Set.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.BOPOMOFO,
          UnicodeScript.THAI,
          UnicodeScript.LAO,
          UnicodeScript.KHMER,
          UnicodeScript.MYANMAR);

  /** First letter behind which scripts without spaces begin. */
  private static final int THAI = 0x0E00;

  static boolean isSpace(int sign) {
    return Character.isWhitespace(sign) || Character.isSpaceChar(sign);
  }

  /** Letters, digits, and the vowel signs without which words of some scripts are others. */
  static boolean isLetter(int sign) {
    int type = Character.getType(sign);
    return Character.isLetterOrDigit(sign)
        || type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK;
  }

  static boolean isUnspaced(int letter) {
    return letter >= THAI && UNSPACED.contains(UnicodeScript.of(letter));
  }

  /** Accents, strokes and vowel points that can be set on any letter to disguise it. */
  static boolean isAccent(int sign) {
    return (sign >= 0x0300 && sign <= 0x036F)
        || (sign >= 0x0483 && sign <= 0x0489)
        || (sign >= 0x0591
            && sign <= 0x05C7
            && Character.getType(sign) == Character.NON_SPACING_MARK)
        || (sign >= 0x0610 && sign <= 0x061A)
        || (sign >= 0x064B && sign <= 0x065F)
        || sign == 0x0670
        || (sign >= 0x1AB0 && sign <= 0x1AFF)
        || (sign >= 0x1DC0 && sign <= 0x1DFF)
        || (sign >= 0x20D0 && sign <= 0x20FF)
        || (sign >= 0xFE20 && sign <= 0xFE2F);
  }

  /**
   * Signs that nobody sees: zero-width ones, those for the direction of writing, variation
   * selectors, tags, fillers. Beyond the category Cf, those of Unicode's property
   * Default_Ignorable_Code_Point.
   */
  static boolean isInvisible(int sign) {
    if (sign < 0xAD) {
      return Character.isISOControl(sign) && !Character.isWhitespace(sign);
    }
    return Character.getType(sign) == Character.FORMAT
        || sign == 0x034F
        || sign == 0x115F
        || sign == 0x1160
        || sign == 0x17B4
        || sign == 0x17B5
        || (sign >= 0x180B && sign <= 0x180F)
        || (sign >= 0x2060 && sign <= 0x206F)
        || sign == 0x3164
        || (sign >= 0xFE00 && sign <= 0xFE0F)
        || sign == 0xFFA0
        || (sign >= 0xFFF0 && sign <= 0xFFF8)
        || (sign >= 0xE0000 && sign <= 0xE0FFF);
  }

  /** The letter in the case in which letters are compared; ß becomes ss. */
  static String fold(int letter) {
    StringBuilder folded = new StringBuilder();
    Character.toString(letter)
        .toUpperCase(Locale.ROOT)
        .codePoints()
        .forEach(upper -> folded.appendCodePoint(Character.toLowerCase(upper)));
    return folded.toString();
  }

  private Signs() {}
}

package dev.hyperbrush.policy;

import java.util.List;

/** Digits and signs that are written for letters: {@code l33t}. One reads as i or as l. */
enum Leet {
  NONE(""),
  WITH_I("i"),
  WITH_L("l");

  /** The ways to read digits as letters. */
  static final List<Leet> READINGS = List.of(WITH_I, WITH_L);

  private static final String SIGNS = "0134578@$€+!|";
  private static final String LETTERS = "o?eastbaset??";

  private final String one;

  Leet(String one) {
    this.one = one;
  }

  /** Whether this makes another text of it. */
  static boolean concerns(String text) {
    return text.chars().anyMatch(sign -> SIGNS.indexOf(sign) >= 0);
  }

  /** The letter that is meant; the sign itself when it means none. */
  int letter(int sign) {
    int at = this == NONE ? -1 : SIGNS.indexOf(sign);
    if (at < 0) {
      return sign;
    }
    char letter = LETTERS.charAt(at);
    return letter == '?' ? one.charAt(0) : letter;
  }
}

package dev.hyperbrush.command;

/** The hyphen of {@code --flag}, and what phones and word processors make of it. */
final class Dashes {
  /** Hyphen-minus, hyphen, non-breaking hyphen, minus sign, small and full-width hyphen-minus. */
  private static final String HYPHENS = "-\u2010\u2011\u2212\uFE63\uFF0D";

  /** Figure dash, en dash, em dash, horizontal bar, small em dash. */
  private static final String LONG_DASHES = "\u2012\u2013\u2014\u2015\uFE58";

  static boolean isDash(int character) {
    return HYPHENS.indexOf(character) >= 0 || LONG_DASHES.indexOf(character) >= 0;
  }

  /** How many characters at the beginning of a word are dashes. */
  static int leading(String word) {
    int count = 0;
    while (count < word.length() && isDash(word.charAt(count))) {
      count++;
    }
    return count;
  }

  /**
   * Whether these dashes can only start a flag: two at least, and a hyphen among them. (A double em
   * dash is Chinese prose.)
   */
  static boolean certain(String dashes) {
    return dashes.length() >= 2 && dashes.chars().anyMatch(sign -> HYPHENS.indexOf(sign) >= 0);
  }

  private Dashes() {}
}

package dev.hyperbrush.policy;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A letter with what is set on it, as rules read it. Immutable.
 *
 * @param plain without accents and disguises; empty when nothing is left
 * @param accented with its accents; as long as {@code plain}
 * @param written without regard to look-alikes; as long as {@code plain}
 */
record FoldedUnit(String plain, String accented, String written) {
  /** Latin, Greek, Cyrillic and Armenian letters are kept once they were read. */
  private static final int KEPT = 0x590;

  private static final AtomicReferenceArray<FoldedUnit> SEEN = new AtomicReferenceArray<>(KEPT);
  private static final AtomicReferenceArray<FoldedUnit> SMALL = new AtomicReferenceArray<>(KEPT);

  /**
   * Reads a unit.
   *
   * @param asSeen whether what it looks like comes before its small letter
   */
  static FoldedUnit of(String unit, boolean asSeen) {
    char first = unit.charAt(0);
    if (unit.length() > 1 || (first >= KEPT && !isItself(first))) {
      return read(unit, asSeen);
    } else if (first >= KEPT) {
      return new FoldedUnit(unit, unit, unit);
    }
    AtomicReferenceArray<FoldedUnit> known = asSeen ? SEEN : SMALL;
    FoldedUnit kept = known.get(first);
    if (kept == null) {
      kept = read(unit, asSeen);
      known.set(first, kept);
    }
    return kept;
  }

  /** Kana, ideographs and Hangul syllables have no case, no accents and no doubles. */
  private static boolean isItself(char letter) {
    return (letter >= 0x3041 && letter <= 0x3096)
        || (letter >= 0x30A1 && letter <= 0x30FA)
        || (letter >= 0x4E00 && letter <= 0x9FFF)
        || (letter >= 0xAC00 && letter <= 0xD7A3);
  }

  private static FoldedUnit read(String unit, boolean asSeen) {
    StringBuilder plain = new StringBuilder();
    StringBuilder accented = new StringBuilder();
    StringBuilder written = new StringBuilder();
    Normalizer.normalize(unit, Form.NFKD)
        .codePoints()
        .forEach(sign -> {
          if (Signs.isAccent(sign)) {
            accented.appendCodePoint(sign);
            written.appendCodePoint(sign);
          } else {
            String alike = alike(sign, asSeen);
            accented.append(alike);
            written.append(Signs.fold(sign));
            alike.codePoints().map(Lookalikes::withoutStroke).forEach(plain::appendCodePoint);
          }
        });
    String composed = Normalizer.normalize(plain, Form.NFC);
    return new FoldedUnit(composed, sameLength(accented, composed), sameLength(written, composed));
  }

  private static String alike(int sign, boolean asSeen) {
    StringBuilder alike = new StringBuilder();
    Signs.fold(asSeen ? Lookalikes.plain(sign) : sign)
        .codePoints()
        .map(Lookalikes::plain)
        .forEach(alike::appendCodePoint);
    return alike.toString();
  }

  /** Composed, without accents that could not be; {@code plain} when it cannot be as long. */
  private static String sameLength(StringBuilder text, String plain) {
    StringBuilder composed = new StringBuilder();
    Normalizer.normalize(text, Form.NFC)
        .codePoints()
        .filter(sign -> !Signs.isAccent(sign))
        .forEach(composed::appendCodePoint);
    return composed.length() == plain.length() ? composed.toString() : plain;
  }
}

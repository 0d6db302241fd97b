package dev.hyperbrush.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * A text as rules read it: compatibility forms (NFKC), letter case, look-alikes, accents and
 * invisible signs make no difference. Immutable.
 *
 * <p>Case and look-alikes do not go together: a capital Ν (nu) looks like N, its small letter like
 * v. So a text has two readings, which differ only where it has such letters: as it looks, and by
 * its small letters. A rule fires when any reading of the text has any reading of the rule.
 */
final class FoldedText {
  /** What stands between two letters. */
  enum Gap {
    NONE,
    SIGNS,
    SPACE
  }

  private final String source;
  private final boolean leet;
  private final MappedText whole;
  private final MappedText letters;
  private final String accented;
  private final String written;
  private final List<Gap> gaps;

  private FoldedText(String source, boolean leet, Folding folding) {
    this.source = source;
    this.leet = leet;
    this.whole = folding.whole.build();
    this.letters = folding.letters.build();
    this.accented = folding.accented.toString();
    this.written = folding.written.toString();
    this.gaps = folding.gaps;
  }

  /** The readings without leetspeak, then those with it if asked for; equal ones once. */
  static List<FoldedText> readings(String text, boolean withLeet) {
    List<FoldedText> readings = new ArrayList<>(readings(text, Leet.NONE));
    if (withLeet && Leet.concerns(text)) {
      Leet.READINGS.forEach(leet -> readings.addAll(readings(text, leet)));
    }
    return readings;
  }

  private static List<FoldedText> readings(String text, Leet leet) {
    FoldedText small = new FoldedText(text, leet != Leet.NONE, new Folding(text, leet, false));
    if (text.chars().allMatch(sign -> sign < 0x80)) {
      return List.of(small);
    }
    FoldedText seen = new FoldedText(text, leet != Leet.NONE, new Folding(text, leet, true));
    return seen.letters().equals(small.letters()) ? List.of(small) : List.of(small, seen);
  }

  String source() {
    return source;
  }

  boolean isLeet() {
    return leet;
  }

  /** With everything between the letters, for regular expressions. */
  MappedText whole() {
    return whole;
  }

  /** Letters and digits alone, nothing between them. */
  String letters() {
    return letters.text();
  }

  /** The letters with their accents; as long as {@link #letters}. */
  String accented() {
    return accented;
  }

  /** The letters without regard to look-alikes; as long as {@link #letters}. */
  String written() {
    return written;
  }

  /** What stands before a letter. */
  Gap gap(int letter) {
    return gaps.get(letter);
  }

  /** Where letters stand in the source. */
  Span span(int start, int end) {
    return letters.source(start, end);
  }

  /** Whether a word can begin or end between the letters at {@code at - 1} and {@code at}. */
  boolean isEdge(int at) {
    String all = letters();
    if (at == 0 || at == all.length() || gap(at) != Gap.NONE) {
      return true;
    }
    int before = all.codePointBefore(at);
    int behind = all.codePointAt(at);
    return Signs.isUnspaced(before)
        || Signs.isUnspaced(behind)
        || Character.isDigit(before) != Character.isDigit(behind);
  }

  /** Goes over a text once, letter by letter with the accents on it. Owned by one call. */
  private static final class Folding {
    private final Leet leet;
    private final boolean asSeen;
    private final MappedText.Builder whole;
    private final MappedText.Builder letters;
    private final StringBuilder accented;
    private final StringBuilder written;
    private final List<Gap> gaps;
    private Gap gap = Gap.NONE;

    Folding(String source, Leet leet, boolean asSeen) {
      this.leet = leet;
      this.asSeen = asSeen;
      this.whole = new MappedText.Builder(source.length());
      this.letters = new MappedText.Builder(source.length());
      this.accented = new StringBuilder(source.length());
      this.written = new StringBuilder(source.length());
      this.gaps = new ArrayList<>(source.length());
      Units.forEach(source, this::read);
    }

    private void read(String unit, int begin, int end) {
      if (unit.length() == 1 && unit.charAt(0) < 0x80) {
        addAscii((char) leet.letter(unit.charAt(0)), begin, end);
        return;
      }
      int first = unit.codePointAt(0);
      int meant = leet.letter(first);
      String rest = unit.substring(Character.charCount(first));
      add(FoldedUnit.of(meant == first ? unit : (char) meant + rest, asSeen), begin, end);
    }

    private void addAscii(char sign, int begin, int end) {
      if (Character.isLetterOrDigit(sign)) {
        char small = Character.toLowerCase(sign);
        letter(small, small, small, begin, end);
      } else {
        between(Character.toString(sign), Signs.isSpace(sign), begin, end);
      }
    }

    private void add(FoldedUnit unit, int begin, int end) {
      if (unit.plain().isEmpty()) {
        return;
      }
      int first = unit.plain().codePointAt(0);
      if (Signs.isLetter(first)) {
        letters(unit.plain(), unit.accented(), unit.written(), begin, end);
      } else {
        between(unit.plain(), Signs.isSpace(first), begin, end);
      }
    }

    private void letters(String plain, String withAccent, String asWritten, int begin, int end) {
      for (int at = 0; at < plain.length(); at++) {
        letter(plain.charAt(at), withAccent.charAt(at), asWritten.charAt(at), begin, end);
      }
    }

    private void letter(char plain, char withAccent, char asWritten, int begin, int end) {
      whole.add(plain, begin, end);
      letters.add(plain, begin, end);
      accented.append(withAccent);
      written.append(asWritten);
      gaps.add(gap);
      gap = Gap.NONE;
    }

    private void between(String signs, boolean space, int begin, int end) {
      whole.add(signs, begin, end);
      if (gap != Gap.SPACE) {
        gap = space ? Gap.SPACE : Gap.SIGNS;
      }
    }
  }
}

package dev.hyperbrush.policy;

import dev.hyperbrush.policy.FoldedText.Gap;

/**
 * A word or phrase of a rule, and whether letters found in a text are it. Immutable.
 *
 * <p>A word begins and ends at the edge of a word of the text. Within it there may be signs ({@code
 * b.a.d}); spaces only where it is spelled in single letters ({@code b a d}). Between the words of
 * a phrase there is anything but a letter. Words of scripts that are written without spaces are
 * found anywhere.
 */
final class SoughtTerm {
  /** Fewer letters with spaces between them spell nothing. */
  private static final int SHORTEST_SPELLED = 3;

  private final ContentRule rule;
  private final FoldedText folded;

  SoughtTerm(ContentRule rule, FoldedText folded) {
    this.rule = rule;
    this.folded = folded;
  }

  ContentRule rule() {
    return rule;
  }

  String letters() {
    return folded.letters();
  }

  /** Whether the letters of {@code text} from {@code start}, equal to these, are the term. */
  boolean isAt(FoldedText text, int start) {
    boolean leetIsMeant = rule.term().reading() == RuleReading.LEET || !text.isLeet();
    return leetIsMeant
        && text.isEdge(start)
        && text.isEdge(start + letters().length())
        && areWords(text, start)
        && (rule.term().reading() == RuleReading.EXACT
            ? folded.written().regionMatches(0, text.written(), start, letters().length())
            : hasAccents(text, start));
  }

  /** Accents of the rule must be in the text; those that the rule does not have may be. */
  private boolean hasAccents(FoldedText text, int start) {
    String accents = folded.accented();
    for (int at = 0; at < accents.length(); at++) {
      char wanted = accents.charAt(at);
      if (wanted != letters().charAt(at) && wanted != text.accented().charAt(start + at)) {
        return false;
      }
    }
    return true;
  }

  private boolean areWords(FoldedText text, int start) {
    int begin = 0;
    for (int at = 1; at <= letters().length(); at++) {
      if (at == letters().length() || isBorder(at)) {
        boolean apart = begin == 0 || text.isEdge(start + begin);
        if (!apart || !isWord(text, start + begin, start + at)) {
          return false;
        }
        begin = at;
      }
    }
    return true;
  }

  private boolean isBorder(int at) {
    return rule.term().kind() == RuleKind.PHRASE && folded.gap(at) == Gap.SPACE;
  }

  private boolean isWord(FoldedText text, int begin, int end) {
    boolean whole = true;
    boolean spaced = false;
    boolean spelled = true;
    for (int at = begin + 1; at < end; at++) {
      if (Character.isLowSurrogate(text.letters().charAt(at))) {
        continue;
      }
      whole &= text.gap(at) == Gap.NONE;
      spelled &= text.gap(at) != Gap.NONE;
      spaced |= text.gap(at) == Gap.SPACE || isUnspaced(text, at);
    }
    if (whole) {
      return true;
    }
    return rule.term().reading() != RuleReading.EXACT
        && (!spaced || (spelled && isSpelled(text, begin, end)));
  }

  /** Whether single letters stand apart from others, so that 美女。優 is not 女優. */
  private static boolean isSpelled(FoldedText text, int begin, int end) {
    boolean apart = begin == 0 || text.gap(begin) != Gap.NONE;
    boolean last = end == text.letters().length() || text.gap(end) != Gap.NONE;
    return apart && last && (end - begin >= SHORTEST_SPELLED || isUnspaced(text, begin));
  }

  private static boolean isUnspaced(FoldedText text, int at) {
    return Signs.isUnspaced(text.letters().codePointAt(at));
  }
}

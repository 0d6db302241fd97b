package dev.hyperbrush.policy;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.Shown;
import java.util.ArrayList;
import java.util.List;

/**
 * A regular expression of a rule, compiled by RE2/J, whose time is linear in the length of the text
 * whatever the expression is. Letter case makes no difference. Immutable.
 */
final class Expression {
  /** Of one text; more are found when the text is looked at again. */
  static final int MOST_FOUND = 64;

  /** Longest expression in characters. */
  static final int LONGEST = 500;

  /** Largest expression with all repetitions written out. */
  static final int LARGEST = 2000;

  private final Pattern pattern;

  private Expression(Pattern pattern) {
    this.pattern = pattern;
  }

  /**
   * Compiles an expression.
   *
   * @throws Refusal when it is none, or too large, with the place and the remedy
   */
  static Expression compile(String text) {
    if (text.length() > LONGEST) {
      throw new Refusal(ReasonCode.RULE_TOO_LONG, text.length(), LONGEST);
    }
    ExpressionShape shape = ExpressionShape.of(text);
    if (shape.size() > LARGEST) {
      throw new Refusal(ReasonCode.RULE_REGEX_TOO_LARGE, Shown.brief(text), LARGEST);
    }
    try {
      return new Expression(Pattern.compile(text, Pattern.CASE_INSENSITIVE));
    } catch (PatternSyntaxException e) {
      int wrong = shape.unbalanced().orElseGet(() -> Math.max(0, text.indexOf(e.getPattern())));
      throw new Refusal(
          Phrase.of(
              ReasonCode.RULE_REGEX_BROKEN,
              Shown.brief(text),
              wrong + 1,
              Shown.brief(text.substring(wrong)),
              e.getDescription()),
          e);
    }
  }

  /** Where it is found; what is empty is not. */
  List<Span> find(CharSequence text) {
    List<Span> found = new ArrayList<>();
    Matcher matcher = pattern.matcher(text);
    while (found.size() < MOST_FOUND && matcher.find()) {
      if (matcher.end() > matcher.start()) {
        found.add(new Span(matcher.start(), matcher.end()));
      }
    }
    return found;
  }
}

package dev.hyperbrush.policy;

import com.google.re2j.Pattern;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.Shown;
import dev.hyperbrush.policy.ContentRule.Exceptions;
import dev.hyperbrush.policy.FoldedText.Gap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Whether a rule can be one. */
public final class RuleCheck {
  static final int LONGEST_TERM = 200;
  static final int LONGEST_REASON = 300;
  static final int MOST_EXCEPTIONS = 100;

  /** What nobody means to forbid; a rule that does likely means something else. */
  private static final List<String> ORDINARY =
      List.of(
          "a red circle on a blue background",
          "the portrait of an old man in the rain",
          "ein Haus am See",
          "un chat noir sur le toit",
          "un perro y una gata en la playa",
          "一只猫在屋顶上",
          "屋根の上の猫");

  /**
   * Looks at a rule.
   *
   * @return what its maker should know
   * @throws Refusal when it cannot be, with the value and the remedy
   */
  public static List<Phrase> check(ContentRule rule) {
    texts(rule).forEach(RuleCheck::requireVisible);
    requireLength(rule.effect().reason(), LONGEST_REASON);
    requireLength(rule.effect().replacement(), LONGEST_TERM);
    requireFew(rule.bounds().exceptions());
    if (rule.term().pattern().isEmpty()) {
      throw new Refusal(ReasonCode.RULE_EMPTY, RuleFields.name(rule.term().kind()));
    }
    if (rule.term().kind() == RuleKind.REGEX) {
      Expression.compile(rule.term().pattern());
    } else {
      checkTerm(rule);
    }
    checkReplacement(rule);
    return broad(rule).stream().toList();
  }

  private static Stream<String> texts(ContentRule rule) {
    Exceptions except = rule.bounds().exceptions();
    return Stream.of(
            Stream.of(rule.term().pattern(), rule.effect().replacement(), rule.effect().reason()),
            rule.bounds().channel().stream(),
            rule.bounds().role().stream(),
            except.channels().stream(),
            except.roles().stream(),
            except.people().stream())
        .flatMap(text -> text);
  }

  private static void requireVisible(String text) {
    IntStream.range(0, text.length())
        .filter(at -> Character.isISOControl(text.charAt(at)))
        .findFirst()
        .ifPresent(at -> {
          throw new Refusal(ReasonCode.RULE_CONTROL_CHARACTER, at + 1, text.codePointAt(at));
        });
  }

  private static void requireLength(String text, int most) {
    if (text.length() > most) {
      throw new Refusal(ReasonCode.RULE_TOO_LONG, text.length(), most);
    }
  }

  private static void requireFew(Exceptions except) {
    int most =
        Math.max(except.channels().size(), Math.max(except.roles().size(), except.people().size()));
    if (most > MOST_EXCEPTIONS) {
      throw new Refusal(ReasonCode.RULE_EXCEPTIONS_TOO_MANY, most, MOST_EXCEPTIONS);
    }
  }

  private static void checkTerm(ContentRule rule) {
    String pattern = rule.term().pattern();
    requireLength(pattern, LONGEST_TERM);
    FoldedText folded = FoldedText.readings(pattern, false).getFirst();
    if (folded.letters().isEmpty() || hasSignsAround(folded)) {
      throw new Refusal(ReasonCode.RULE_SIGNS, Shown.brief(pattern), Pattern.quote(pattern));
    }
    boolean several =
        IntStream.range(1, folded.letters().length()).anyMatch(at -> folded.gap(at) == Gap.SPACE);
    if (several && rule.term().kind() == RuleKind.WORD) {
      throw new Refusal(ReasonCode.RULE_SEVERAL_WORDS, Shown.brief(pattern));
    }
  }

  /** Signs at the edges would be passed over, and {@code c++} be taken for c. */
  private static boolean hasSignsAround(FoldedText folded) {
    Span letters = folded.span(0, folded.letters().length());
    String before = folded.source().substring(0, letters.begin());
    String behind = folded.source().substring(letters.end());
    return (before + behind).codePoints().anyMatch(RuleCheck::isSign);
  }

  private static boolean isSign(int sign) {
    return !Signs.isInvisible(sign) && !Signs.isSpace(sign);
  }

  private static void checkReplacement(ContentRule rule) {
    String with = rule.effect().replacement();
    boolean replaces = rule.effect().action() == RuleAction.REPLACE;
    if (replaces == with.isEmpty()) {
      throw new Refusal(ReasonCode.RULE_REPLACEMENT);
    }
    if (replaces && fires(rule, with)) {
      throw new Refusal(ReasonCode.RULE_REPLACES_ITSELF, Shown.brief(with));
    }
  }

  private static Optional<Phrase> broad(ContentRule rule) {
    return ORDINARY.stream()
        .filter(ordinary -> fires(rule, ordinary))
        .findFirst()
        .map(ordinary -> Phrase.of(ReasonCode.RULE_BROAD, ordinary));
  }

  private static boolean fires(ContentRule rule, String text) {
    RulePart part = rule.term().part() == RulePart.NEGATIVE ? RulePart.NEGATIVE : RulePart.PROMPT;
    return !RuleSet.compile(List.of(rule)).find(new PromptText(text), part).isEmpty();
  }

  private RuleCheck() {}
}

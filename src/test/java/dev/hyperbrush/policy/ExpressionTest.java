package dev.hyperbrush.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExpressionTest {
  /** Counts how often somebody looks at a character. */
  private static final class CountingText implements CharSequence {
    private final String text;
    private long looks;

    CountingText(String text) {
      this.text = text;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      looks++;
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** Each takes an engine that goes back exponential or quadratic time on text without an end. */
  @ParameterizedTest
  @ValueSource(strings = {"(a*)*b", "(a|aa)+b", "(a|a?)+b", "(.*)*=", "(\\w+\\s?)+$x", "^(a+)+$b"})
  void timeIsLinearInTheTextWhateverTheExpressionIs(String hostile) {
    Expression expression = Expression.compile(hostile);
    long few = looks(expression, 1000);
    long many = looks(expression, 4000);
    assertThat(many).isPositive().isLessThanOrEqualTo(4 * few + 100);
    assertThat(few).isLessThan(20 * 1000);
  }

  private static long looks(Expression expression, int length) {
    CountingText text = new CountingText("a".repeat(length));
    assertThat(expression.find(text)).isEmpty();
    return text.looks;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a(b    | 2 | (b",
        "a)b    | 2 | )b",
        "((a)   | 1 | ((a)",
        "a[bc   | 2 | [bc",
        "a**    | 2 | **",
        "*a     | 1 | *a",
        "a(?=b) | 2 | (?=b)",
        "a\\1   | 2 | \\1",
        "a\\    | 2 | \\",
        "x{2000} | 2 | {2000}",
        "[z-a]  | 2 | z-a]"
      })
  void aBrokenOneIsRefusedWithThePlace(String broken, int position, String fragment) {
    assertThatThrownBy(() -> Expression.compile(broken))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              Phrase phrase = refusal.phrase();
              assertThat(phrase.code()).isEqualTo(ReasonCode.RULE_REGEX_BROKEN);
              assertThat(phrase.args().subList(0, 3))
                  .containsExactly(broken, String.valueOf(position), fragment);
              assertThat(phrase.args().get(3)).isNotBlank();
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a{1000}){1000}",
        "((((a{10}){10}){10}){10}){10}",
        "(?:[a-z]{1,500}\\d{0,500}){500}",
        "(x{999}){1,}{999}"
      })
  void aBombIsNotEvenTried(String bomb) {
    assertThatThrownBy(() -> Expression.compile(bomb))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ReasonCode.RULE_REGEX_TOO_LARGE));
  }

  @Test
  void anOverlongOneIsRefused() {
    assertThatThrownBy(() -> Expression.compile("a".repeat(501)))
        .hasMessageContaining("501")
        .hasMessageContaining("500");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\\bgr[o0]tty\\b | a GR0TTY cat | GR0TTY",
        "grotty+        | gro\u200Bttyyy | gro\u200Bttyyy",
        "grotty         | ｇrоtty | ｇrоtty",
        "\\d{4}-\\d{2}   | on 2026-11 | 2026-11",
        "🍆             | an 🍆 | 🍆",
        "[а-я]+         | ein Кот | Кот",
        "a*             | bbb |",
        "(a{1,50}b){1,20} | xabab | abab"
      })
  void findsInWhatWasWrittenAndPastDisguises(String regex, String text, String found) {
    ContentRule rule = Rules.regex(regex, RuleAction.BLOCK);
    List<Firing> fired = RuleSet.compile(List.of(rule)).find(new PromptText(text), RulePart.PROMPT);
    assertThat(fired.stream().map(Firing::found).findFirst().orElse(null)).isEqualTo(found);
  }

  @Test
  void noMoreThanSomePlacesAreLookedForAtOnce() {
    assertThat(Expression.compile("a").find("a".repeat(1000))).hasSize(Expression.MOST_FOUND);
  }
}

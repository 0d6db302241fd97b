package dev.hyperbrush.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RuleCheckTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                          | RULE_KIND_NEEDED",
        "word=a;regex=b              | RULE_KIND_NEEDED",
        "word=                       | RULE_EMPTY",
        "regex=                      | RULE_EMPTY",
        "word=two words              | RULE_SEVERAL_WORDS",
        "word=c++                    | RULE_SIGNS",
        "word=🍆                     | RULE_SIGNS",
        "phrase=!!! ???              | RULE_SIGNS",
        "word=\u200B                 | RULE_SIGNS",
        "word=gro\u0007tty           | RULE_CONTROL_CHARACTER",
        "regex=a(                    | RULE_REGEX_BROKEN",
        "regex=(a{1000}){1000}       | RULE_REGEX_TOO_LARGE",
        "word=x;action=explode       | FLAG_VALUE",
        "word=x;in=head              | FLAG_VALUE",
        "word=x;match=fuzzy          | FLAG_VALUE",
        "word=x;colour=red           | RULE_FIELD_UNKNOWN",
        "word=x;with=y               | RULE_REPLACEMENT",
        "word=x;action=replace       | RULE_REPLACEMENT",
        "word=x;action=replace;with=an x | RULE_REPLACES_ITSELF",
        "regex=x.;action=replace;with=xX | RULE_REPLACES_ITSELF"
      })
  void aRuleThatCannotBeIsRefused(String fields, ReasonCode code) {
    assertThatThrownBy(() -> check(fields(fields)))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(code);
              assertThat(refusal.getMessage()).doesNotContain("%");
            });
  }

  @Test
  void overlongTextsAreRefused() {
    for (String field : List.of("word", "phrase", "regex", "reason", "with")) {
      Map<String, String> fields =
          field.length() > 3 && !field.equals("reason") && !field.equals("with")
              ? Map.of(field, "a".repeat(501))
              : Map.of("word", "grotty", field, "a".repeat(501));
      assertThatThrownBy(() -> check(fields)).hasMessageContaining("501");
    }
    String many =
        IntStream.rangeClosed(0, 100).mapToObj(String::valueOf).collect(Collectors.joining(","));
    assertThatThrownBy(() -> check(Map.of("word", "grotty", "except-role", many)))
        .hasMessageContaining("101");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "word=a       | true",
        "word=猫      | true",
        "regex=.*     | true",
        "regex=\\w+   | true",
        "word=grotty  | false",
        "phrase=ice cream | false",
        "regex=gr.tty | false",
        "word=the;in=negative | true"
      })
  void whoForbidsNearlyEverythingIsWarned(String fields, boolean warned) {
    List<Phrase> notices = check(fields(fields));
    assertThat(notices)
        .extracting(Phrase::code)
        .isEqualTo(warned ? List.of(ReasonCode.RULE_BROAD) : List.of());
  }

  @Test
  void fieldsAreReadAsTheyAreWritten() {
    Map<String, String> fields =
        Map.ofEntries(
            Map.entry("phrase", "ice cream"),
            Map.entry("action", "replace"),
            Map.entry("with", "kitten"),
            Map.entry("in", "both"),
            Map.entry("match", "leet"),
            Map.entry("reason", "no sweets"),
            Map.entry("channel", "12"),
            Map.entry("role", "34"),
            Map.entry("except-channel", "1,2"),
            Map.entry("except-role", "3"),
            Map.entry("except-person", "discord:4,web:5"));
    assertThat(RuleFields.write(RuleFields.read(Rules.GUILD, fields))).isEqualTo(fields);
    Map<String, String> plain = Map.of("word", "grotty", "action", "block");
    assertThat(RuleFields.write(RuleFields.read(Rules.GUILD, plain))).isEqualTo(plain);
  }

  private static Map<String, String> fields(String text) {
    return Arrays.stream(text.split(";", -1))
        .filter(field -> !field.isEmpty())
        .map(field -> field.split("=", 2))
        .collect(Collectors.toMap(field -> field[0], field -> field[1]));
  }

  private static List<Phrase> check(Map<String, String> fields) {
    return RuleCheck.check(RuleFields.read(Rules.GUILD, fields));
  }
}

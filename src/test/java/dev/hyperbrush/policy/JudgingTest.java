package dev.hyperbrush.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Seed;
import dev.hyperbrush.policy.ContentRule.Effect;
import dev.hyperbrush.policy.ContentRule.Term;
import dev.hyperbrush.store.Realm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a request comes to before rules of a server and, where it says so, of everywhere. */
final class JudgingTest {
  private final List<ContentRule> everywhere = new ArrayList<>();
  private final List<ContentRule> here = new ArrayList<>();

  @Test
  void aBlockedPromptIsRefusedWithNumberAndReasonAndWithoutTheWord() {
    long id = add(because("be kind", Rules.word("grotty", RuleAction.BLOCK)));

    Judgement judged = judge("a Grotty cat");

    assertThat(judged.refusal())
        .contains(Phrase.of(ReasonCode.RULE_BLOCKED, "G…", "prompt", id, ": be kind"));
    assertThat(judged.refusal().orElseThrow().english()).doesNotContainIgnoringCase("grotty");
    assertThat(judged.request().prompt()).isEqualTo("a Grotty cat");
    assertThat(judge("a cat").refusal()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a grotty cat                | a cat",
        "grotty, a cat, grotty       | a cat",
        "a cat, (grotty:1.3), a dog  | a cat, a dog",
        "a cat, [grotty]             | a cat",
        "a g.r.o.t.t.y (cat)         | a (cat)",
        "grotty cat {grotty}         | cat",
        "grotty grotty grotty cat    | cat"
      })
  void whatIsStrippedLeavesNoTraces(String prompt, String left) {
    long id = add(Rules.word("grotty", RuleAction.STRIP));

    Judgement judged = judge(prompt);

    assertThat(judged.refusal()).isEmpty();
    assertThat(judged.request().prompt()).isEqualTo(left);
    assertThat(judged.notices())
        .containsExactly(Phrase.of(ReasonCode.RULE_STRIPPED, "prompt", id, ""));
  }

  @ParameterizedTest
  @CsvSource({"grotty", "'grotty, GROTTY!'", "(grotty:1.2)"})
  void ifNothingIsLeftItIsRefused(String prompt) {
    add(Rules.word("grotty", RuleAction.STRIP));
    assertThat(code(judge(prompt))).contains(ReasonCode.RULE_LEFT_NOTHING);
  }

  @Test
  void theNegativePromptMayBecomeEmpty() {
    add(about(RulePart.BOTH, Rules.word("grotty", RuleAction.STRIP)));
    Judgement judged = judge(request("a cat", "grotty"), false);
    assertThat(judged.refusal()).isEmpty();
    assertThat(judged.request().negativePrompt()).isEmpty();
  }

  @Test
  void aReplacementStandsWhereTheWordWas() {
    add(Rules.word("grotty", RuleAction.REPLACE));
    assertThat(judge("A (grotty:1.2)  dog").request().prompt()).isEqualTo("A (kitten:1.2)  dog");
  }

  @Test
  void whatAnEditMakesIsLookedAtAgain() {
    add(Rules.word("very", RuleAction.STRIP));
    add(Rules.phrase("red cat", RuleAction.BLOCK));
    assertThat(code(judge("a red very cat"))).contains(ReasonCode.RULE_BLOCKED);
  }

  @Test
  void rulesThatNeverComeToAnEndAreEnded() {
    add(Rules.word("cat", RuleAction.REPLACE));
    add(replacing("kitten", "cat"));
    assertThat(code(judge("a cat"))).contains(ReasonCode.RULE_ENDLESS);
  }

  @Test
  void theStrictestOfSeveralRulesCounts() {
    add(Rules.word("one", RuleAction.SPOILER));
    long hold = add(Rules.word("two", RuleAction.HOLD));
    add(Rules.word("three", RuleAction.STRIP));
    add(Rules.word("four", RuleAction.AGE));
    long block = add(Rules.word("five", RuleAction.BLOCK));

    assertThat(judge("a one").spoiler()).isTrue();
    Judgement held = judge("a one two three");
    assertThat(held.held().orElseThrow().id()).isEqualTo(hold);
    assertThat(held.spoiler()).isTrue();
    assertThat(held.request().prompt()).isEqualTo("a one two");
    assertThat(held.notices())
        .extracting(Phrase::code)
        .containsExactly(ReasonCode.RULE_STRIPPED, ReasonCode.RULE_SPOILER);
    assertThat(code(judge("one two three four"))).contains(ReasonCode.RULE_AGE_RESTRICTED);
    Judgement all = judge("five four three two one");
    assertThat(code(all)).contains(ReasonCode.RULE_BLOCKED);
    assertThat(all.refusal().orElseThrow().args()).contains(String.valueOf(block));
    assertThat(all.firings()).hasSize(5);
  }

  @Test
  void aWordThatIsStrippedIsNotHeldButBlocked() {
    add(Rules.word("grotty", RuleAction.STRIP));
    add(Rules.word("grotty", RuleAction.HOLD));
    assertThat(judge("a grotty cat").held()).isEmpty();
    add(Rules.word("grotty", RuleAction.BLOCK));
    assertThat(code(judge("a grotty cat"))).contains(ReasonCode.RULE_BLOCKED);
  }

  @Test
  void ofOverlappingEditsTheFirstAndLongestIsMade() {
    add(Rules.word("red", RuleAction.REPLACE));
    add(Rules.phrase("red cat", RuleAction.REPLACE));
    add(Rules.phrase("cat food", RuleAction.REPLACE));
    assertThat(judge("a red cat food bowl").request().prompt()).isEqualTo("a kitten food bowl");
  }

  @Test
  void rulesForEverywhereCountFirst() {
    add(Rules.word("grotty", RuleAction.BLOCK));
    long first = add(Rules.in(Realm.EVERYWHERE, Rules.word("grotty", RuleAction.BLOCK)));
    assertThat(judge("grotty").refusal().orElseThrow().args()).contains(String.valueOf(first));
  }

  @Test
  void agesAndPlaces() {
    add(Rules.word("grotty", RuleAction.AGE));
    assertThat(code(judge("grotty"))).contains(ReasonCode.RULE_AGE_RESTRICTED);
    assertThat(judge(request("grotty", ""), true).refusal()).isEmpty();
  }

  private long add(ContentRule rule) {
    long id = everywhere.size() + here.size() + 1L;
    (rule.bounds().realm().isEverywhere() ? everywhere : here).add(rule.withId(id));
    return id;
  }

  private Judgement judge(String prompt) {
    return judge(request(prompt, ""), false);
  }

  private Judgement judge(GenerationRequest request, boolean ageRestricted) {
    List<RuleSet> sets = List.of(RuleSet.compile(everywhere), RuleSet.compile(here));
    return new Judging(sets, _ -> true, ageRestricted, request).judge();
  }

  private static ContentRule because(String reason, ContentRule rule) {
    Effect effect = rule.effect();
    return new ContentRule(
        0, rule.bounds(), rule.term(), new Effect(effect.action(), effect.replacement(), reason));
  }

  private static ContentRule about(RulePart part, ContentRule rule) {
    Term term = rule.term();
    return new ContentRule(
        0,
        rule.bounds(),
        new Term(term.kind(), term.pattern(), term.reading(), part),
        rule.effect());
  }

  private static ContentRule replacing(String word, String with) {
    ContentRule rule = Rules.word(word, RuleAction.REPLACE);
    return new ContentRule(0, rule.bounds(), rule.term(), new Effect(RuleAction.REPLACE, with, ""));
  }

  private static GenerationRequest request(String prompt, String negative) {
    return new GenerationRequest(
        "small",
        prompt,
        negative,
        new ImageSize(128, 128),
        4,
        0,
        "TCD",
        0,
        new Seed(1),
        1,
        List.of(),
        0);
  }

  private static Optional<ReasonCode> code(Judgement judged) {
    return judged.refusal().map(Phrase::code);
  }
}

package dev.hyperbrush.policy;

import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * One request before the rules. Owned by one call.
 *
 * <p>All rules look at the prompts as they are settled. The rules that fire count in this order:
 * those for everywhere before those of the server, older before newer; in each round
 *
 * <ol>
 *   <li>a rule that blocks ends it, then one for age-restricted places only;
 *   <li>rules that strip or replace edit the prompts, and all rules look again at what came out;
 *   <li>when nothing is left to edit, rules that hold or cover do so.
 * </ol>
 *
 * So a word that is stripped cannot be what something is held for, but is still blocked if a rule
 * blocks it, and no edit makes what a rule forbids.
 */
final class Judging {
  /** After as many edits the rules are taken to have no end. */
  private static final int MOST_ROUNDS = 10;

  private final List<RuleSet> rules;
  private final Predicate<ContentRule> holds;
  private final boolean ageRestricted;
  private final GenerationRequest asked;
  private final Set<Phrase> notices = new LinkedHashSet<>();
  private final List<Firing> fired = new ArrayList<>();
  private String prompt;
  private String negative;

  /**
   * Begins.
   *
   * @param rules those that count first before the others
   * @param holds whether a rule holds for this person and place
   */
  Judging(
      List<RuleSet> rules,
      Predicate<ContentRule> holds,
      boolean ageRestricted,
      GenerationRequest asked) {
    this.rules = rules;
    this.holds = holds;
    this.ageRestricted = ageRestricted;
    this.asked = asked;
    this.prompt = asked.prompt();
    this.negative = asked.negativePrompt();
  }

  Judgement judge() {
    for (int round = 0; round < MOST_ROUNDS; round++) {
      List<Firing> firings = look();
      if (firings.isEmpty()) {
        return judged(Optional.empty(), List.of());
      }
      remember(firings);
      Optional<Phrase> refusal = refusal(firings);
      List<Firing> edits = firings.stream().filter(firing -> action(firing).edits()).toList();
      if (refusal.isPresent() || edits.isEmpty()) {
        return judged(refusal, firings);
      }
      edit(edits);
      if (isEmpty()) {
        return judged(
            Optional.of(RuleWords.of(ReasonCode.RULE_LEFT_NOTHING, edits.getFirst().rule())),
            firings);
      }
    }
    return judged(
        Optional.of(RuleWords.of(ReasonCode.RULE_ENDLESS, fired.getLast().rule())), fired);
  }

  private List<Firing> look() {
    List<Firing> firings = new ArrayList<>();
    PromptText positive = new PromptText(prompt);
    PromptText avoided = new PromptText(negative);
    for (RuleSet set : rules) {
      List<Firing> ofSet = new ArrayList<>(set.find(positive, RulePart.PROMPT));
      ofSet.addAll(set.find(avoided, RulePart.NEGATIVE));
      ofSet.removeIf(firing -> !holds.test(firing.rule()));
      ofSet.sort(Comparator.comparingLong(firing -> firing.rule().id()));
      firings.addAll(ofSet);
    }
    return firings;
  }

  private void remember(List<Firing> firings) {
    for (Firing firing : firings) {
      if (fired.stream().noneMatch(before -> isSame(before, firing))) {
        fired.add(firing);
      }
    }
  }

  private static boolean isSame(Firing one, Firing other) {
    return one.part() == other.part() && one.rule().equals(other.rule());
  }

  private Optional<Phrase> refusal(List<Firing> firings) {
    return first(firings, RuleAction.BLOCK)
        .map(firing -> RuleWords.fired(ReasonCode.RULE_BLOCKED, firing))
        .or(() ->
            first(firings, RuleAction.AGE)
                .filter(_ -> !ageRestricted)
                .map(firing -> RuleWords.fired(ReasonCode.RULE_AGE_RESTRICTED, firing)));
  }

  private void edit(List<Firing> edits) {
    prompt = edited(prompt, edits, RulePart.PROMPT);
    negative = edited(negative, edits, RulePart.NEGATIVE);
    for (Firing firing : edits) {
      boolean strips = action(firing) == RuleAction.STRIP;
      notices.add(
          RuleWords.edited(strips ? ReasonCode.RULE_STRIPPED : ReasonCode.RULE_REPLACED, firing));
    }
  }

  private static String edited(String text, List<Firing> edits, RulePart part) {
    List<Firing> here = edits.stream().filter(firing -> firing.part() == part).toList();
    return here.isEmpty() ? text : RuleEdits.apply(text, here);
  }

  /** Signs alone are nothing to draw. */
  private boolean isEmpty() {
    return prompt.isBlank()
        || (prompt.codePoints().noneMatch(Signs::isLetter)
            && asked.prompt().codePoints().anyMatch(Signs::isLetter));
  }

  private Judgement judged(Optional<Phrase> refusal, List<Firing> last) {
    Optional<Firing> spoiler = first(last, RuleAction.SPOILER);
    spoiler
        .map(firing -> RuleWords.of(ReasonCode.RULE_SPOILER, firing.rule()))
        .ifPresent(notices::add);
    return new Judgement(
        refusal.isPresent() ? asked : asked.withPrompts(prompt, negative),
        refusal,
        first(last, RuleAction.HOLD).map(Firing::rule),
        spoiler.isPresent(),
        List.copyOf(notices),
        fired);
  }

  private static Optional<Firing> first(List<Firing> firings, RuleAction action) {
    return firings.stream().filter(firing -> action(firing) == action).findFirst();
  }

  private static RuleAction action(Firing firing) {
    return firing.rule().effect().action();
  }
}

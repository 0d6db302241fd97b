package dev.hyperbrush.policy;

import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;

/** What a person is told of a rule: its number and reason, and no more of the word than needed. */
final class RuleWords {
  static Phrase fired(ReasonCode code, Firing firing) {
    return Phrase.of(
        code, hint(firing.found()), part(firing.part()), firing.rule().id(), reason(firing.rule()));
  }

  static Phrase edited(ReasonCode code, Firing firing) {
    return Phrase.of(code, part(firing.part()), firing.rule().id(), reason(firing.rule()));
  }

  static Phrase of(ReasonCode code, ContentRule rule) {
    return Phrase.of(code, rule.id(), reason(rule));
  }

  /** How it begins: enough for who wrote it, too little for who reads along. */
  private static String hint(String found) {
    return Character.toString(found.codePointAt(0)) + "…";
  }

  /** The options under which people write the parts. */
  private static String part(RulePart part) {
    return part == RulePart.NEGATIVE ? "--no" : "prompt";
  }

  /** To go on behind the number of the rule. */
  private static String reason(ContentRule rule) {
    return rule.effect().reason().isEmpty() ? "" : ": " + rule.effect().reason();
  }

  private RuleWords() {}
}

package dev.hyperbrush.policy;

import dev.hyperbrush.policy.ContentRule.Bounds;
import dev.hyperbrush.policy.ContentRule.Effect;
import dev.hyperbrush.policy.ContentRule.Exceptions;
import dev.hyperbrush.policy.ContentRule.Term;
import dev.hyperbrush.store.Realm;
import java.util.Optional;

/** Rules for tests, of a server, about the prompt. */
public final class Rules {
  public static final Realm GUILD = new Realm("discord", "guild");

  public static ContentRule word(String word, RuleAction action) {
    return rule(RuleKind.WORD, word, RuleReading.LOOSE, action);
  }

  public static ContentRule phrase(String phrase, RuleAction action) {
    return rule(RuleKind.PHRASE, phrase, RuleReading.LOOSE, action);
  }

  public static ContentRule regex(String regex, RuleAction action) {
    return rule(RuleKind.REGEX, regex, RuleReading.LOOSE, action);
  }

  public static ContentRule rule(
      RuleKind kind, String pattern, RuleReading reading, RuleAction action) {
    return new ContentRule(
        0,
        new Bounds(GUILD, Optional.empty(), Optional.empty(), Exceptions.NONE),
        new Term(kind, pattern, reading, RulePart.PROMPT),
        new Effect(action, action == RuleAction.REPLACE ? "kitten" : "", ""));
  }

  public static ContentRule in(Realm realm, ContentRule rule) {
    Bounds bounds = rule.bounds();
    return new ContentRule(
        rule.id(),
        new Bounds(realm, bounds.channel(), bounds.role(), bounds.exceptions()),
        rule.term(),
        rule.effect());
  }

  private Rules() {}
}

package dev.hyperbrush.policy;

import dev.hyperbrush.store.ContentRule;
import dev.hyperbrush.store.ContentRule.Effect;
import dev.hyperbrush.store.ContentRule.Exceptions;
import dev.hyperbrush.store.ContentRule.Scope;
import dev.hyperbrush.store.ContentRule.Term;
import dev.hyperbrush.store.Realm;
import dev.hyperbrush.store.RuleAction;
import dev.hyperbrush.store.RuleKind;
import dev.hyperbrush.store.RulePart;
import dev.hyperbrush.store.RuleReading;
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
        new Scope(GUILD, Optional.empty(), Optional.empty(), Exceptions.NONE),
        new Term(kind, pattern, reading, RulePart.PROMPT),
        new Effect(action, action == RuleAction.REPLACE ? "kitten" : "", ""));
  }

  public static ContentRule in(Realm realm, ContentRule rule) {
    Scope scope = rule.scope();
    return new ContentRule(
        rule.id(),
        new Scope(realm, scope.channel(), scope.role(), scope.exceptions()),
        rule.term(),
        rule.effect());
  }

  private Rules() {}
}

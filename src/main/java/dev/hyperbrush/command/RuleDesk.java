package dev.hyperbrush.command;

import dev.hyperbrush.chat.Card;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.Shown;
import dev.hyperbrush.policy.ContentRule;
import dev.hyperbrush.policy.Permission;
import dev.hyperbrush.policy.RuleBook;
import dev.hyperbrush.store.AuditAction;
import dev.hyperbrush.store.Realm;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the verbs about content rules have in common. Thread-safe. */
final class RuleDesk {
  private static final Pattern NUMBER = Pattern.compile("#?(\\d{1,18})");

  private final RuleBook book;
  private final Moderation moderation;

  RuleDesk(RuleBook book, Moderation moderation) {
    this.book = book;
    this.moderation = moderation;
  }

  RuleBook book() {
    return book;
  }

  Moderation moderation() {
    return moderation;
  }

  /** The rule that a call names, which the person may change. */
  ContentRule named(Call call) {
    Matcher number = NUMBER.matcher(call.arguments().text());
    if (!number.matches()) {
      throw new Refusal(ReasonCode.RULE_ID_NEEDED, Shown.brief(call.arguments().text()));
    }
    long id = Long.parseLong(number.group(1));
    Optional<ContentRule> found = book.find(moderation.realm(call), id);
    return found
        .or(() -> everywhere(call, id))
        .orElseThrow(() -> new Refusal(ReasonCode.RULE_UNKNOWN, id));
  }

  private Optional<ContentRule> everywhere(Call call, long id) {
    return call.situation().may(Permission.OPERATOR)
        ? book.find(Realm.EVERYWHERE, id)
        : Optional.empty();
  }

  /** Adds and removes, and writes it down. */
  List<ContentRule> change(
      Call call, Realm realm, AuditAction action, List<ContentRule> remove, List<ContentRule> add) {
    List<ContentRule> added = book.change(call.personId(), realm, remove, add);
    List<ContentRule> one = added.isEmpty() ? remove : added;
    String subject =
        action == AuditAction.RULE_IMPORT
            ? "+" + add.size() + " −" + remove.size()
            : "#" + one.getFirst().id() + " " + Shown.brief(one.getFirst().term().pattern());
    moderation.record(call, realm, action, subject);
    return added;
  }

  Card card(Call call, ContentRule rule) {
    boolean everywhere = rule.bounds().realm().isEverywhere();
    return RuleText.card(
        call.locale(), rule, !everywhere || call.situation().may(Permission.OPERATOR));
  }
}

package dev.hyperbrush.command;

import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.policy.ContentRule;
import dev.hyperbrush.policy.Permission;
import dev.hyperbrush.store.AuditAction;
import java.util.List;

/** {@code /policy remove}: ends a rule; {@code /changes} brings it back. Thread-safe. */
final class PolicyRemoveCommand implements JobVerb {
  private final RuleDesk desk;

  PolicyRemoveCommand(RuleDesk desk) {
    this.desk = desk;
  }

  @Override
  public Usage usage() {
    return Usage.of("policy remove")
        .needs("rule")
        .with(desk.moderation().elsewhere())
        .onlyFor(Permission.MODERATOR);
  }

  @Override
  public Reply run(Call call) {
    ContentRule rule = desk.named(call);
    desk.change(call, rule.bounds().realm(), AuditAction.RULE_REMOVE, List.of(rule), List.of());
    return Reply.text(
        Texts.get(call.locale(), "policy.removed", RuleText.line(call.locale(), rule)));
  }
}

package dev.hyperbrush.command;

import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.policy.ContentRule;
import dev.hyperbrush.policy.Permission;
import dev.hyperbrush.policy.RuleFile;
import dev.hyperbrush.store.AuditAction;
import dev.hyperbrush.store.Realm;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * {@code /policy import}: adds the rules of a file to those of the server, or puts them in their
 * place; all or none. Rules that are there already stay as they are. Thread-safe.
 */
final class PolicyImportCommand implements Verb {
  private static final int LONGEST = 2_000_000;

  private final Option<Boolean> replace = Option.of("replace-all", new Kind.Switch(), "");
  private final RuleDesk desk;

  PolicyImportCommand(RuleDesk desk) {
    this.desk = desk;
  }

  @Override
  public Usage usage() {
    ScopeOptions scopes = desk.moderation().scopes();
    return Usage.of("policy import")
        .needs("rules")
        .with(replace, scopes.server(), scopes.everywhere())
        .onlyFor(Permission.MODERATOR);
  }

  @Override
  public Reply run(Call call) {
    String text = call.arguments().text();
    if (text.length() > LONGEST) {
      throw new Refusal(ReasonCode.RULE_TOO_LONG, text.length(), LONGEST);
    }
    Realm realm = desk.moderation().realm(call);
    List<ContentRule> there = desk.book().of(realm);
    Set<ContentRule> known = new HashSet<>(there.stream().map(rule -> rule.withId(0)).toList());
    List<ContentRule> named = RuleFile.read(realm, text).stream().distinct().toList();
    List<ContentRule> add = named.stream().filter(rule -> !known.contains(rule)).toList();
    List<ContentRule> remove =
        call.arguments().get(replace).orElse(false)
            ? there.stream().filter(rule -> !named.contains(rule.withId(0))).toList()
            : List.of();
    if (!add.isEmpty() || !remove.isEmpty()) {
      desk.change(call, realm, AuditAction.RULE_IMPORT, remove, add);
    }
    return Reply.text(
        Texts.get(
            call.locale(),
            "policy.imported",
            add.size(),
            named.size() - add.size(),
            remove.size()));
  }
}

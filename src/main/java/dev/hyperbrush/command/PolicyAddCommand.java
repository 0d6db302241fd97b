package dev.hyperbrush.command;

import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.policy.ContentRule;
import dev.hyperbrush.policy.Permission;
import dev.hyperbrush.policy.RuleAction;
import dev.hyperbrush.policy.RuleCheck;
import dev.hyperbrush.policy.RuleFields;
import dev.hyperbrush.policy.RulePart;
import dev.hyperbrush.policy.RuleReading;
import dev.hyperbrush.policy.Scope;
import dev.hyperbrush.policy.ScopeKind;
import dev.hyperbrush.store.AuditAction;
import dev.hyperbrush.store.Realm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code /policy add}: a new rule about the words of prompts. Thread-safe. */
final class PolicyAddCommand implements Verb {
  private final List<Option<String>> texts =
      List.of(
          Option.of("word", new Kind.Text(), "gore").asCommon(),
          Option.of("phrase", new Kind.Text(), "severed head").asCommon(),
          Option.of("regex", new Kind.Text(), "blood(y|ied)?").asCommon(),
          Option.of(RuleFields.ACTION, names(RuleFields.names(RuleAction.class)), "block")
              .asCommon(),
          Option.of(RuleFields.WITH, new Kind.Text(), "flowers"),
          Option.of(RuleFields.IN, names(RuleFields.names(RulePart.class)), "both"),
          Option.of(RuleFields.MATCH, names(RuleFields.names(RuleReading.class)), "leet"),
          Option.of(RuleFields.REASON, new Kind.Text(), "no gore, please").asCommon());

  private final List<Option<String>> exceptions =
      List.of(
          Option.of(RuleFields.EXCEPT_CHANNEL, new Kind.Word("123"), "123").asRepeatable(),
          Option.of(RuleFields.EXCEPT_ROLE, new Kind.Word("123"), "123").asRepeatable(),
          Option.of(RuleFields.EXCEPT_PERSON, new Kind.Word("discord:123"), "discord:123")
              .asRepeatable());

  private final RuleDesk desk;

  PolicyAddCommand(RuleDesk desk) {
    this.desk = desk;
  }

  private static Kind.Name names(List<String> choices) {
    return new Kind.Name(() -> choices, choices::contains);
  }

  @Override
  public Usage usage() {
    List<Option<?>> options = new ArrayList<>(texts);
    options.addAll(desk.moderation().scopes().all());
    options.addAll(exceptions);
    return Usage.of("policy add")
        .with(options.toArray(Option<?>[]::new))
        .onlyFor(Permission.MODERATOR);
  }

  @Override
  public Reply run(Call call) {
    if (!call.arguments().text().isEmpty()) {
      throw new Refusal(ReasonCode.RULE_KIND_NEEDED);
    }
    Scope scope = desk.moderation().scope(call);
    Realm realm = Moderation.realm(scope);
    ContentRule rule = RuleFields.read(realm, fields(call, scope));
    List<Phrase> notices = RuleCheck.check(rule);
    desk.book().of(realm).stream()
        .filter(known -> known.withId(0).equals(rule))
        .findFirst()
        .ifPresent(known -> {
          throw new Refusal(ReasonCode.RULE_KNOWN, known.id());
        });
    ContentRule added =
        desk.change(call, realm, AuditAction.RULE_ADD, List.of(), List.of(rule)).getFirst();
    String text = Texts.get(call.locale(), "policy.added", RuleText.line(call.locale(), added));
    return Reply.text(text).withNotices(notices).withCards(List.of(desk.card(call, added)));
  }

  private Map<String, String> fields(Call call, Scope scope) {
    Map<String, String> fields = new LinkedHashMap<>();
    texts.forEach(option ->
        call.arguments().get(option).ifPresent(value -> fields.put(option.name(), value)));
    if (scope.kind() == ScopeKind.CHANNEL) {
      fields.put(RuleFields.CHANNEL, scope.id());
    } else if (scope.kind() == ScopeKind.ROLE) {
      fields.put(RuleFields.ROLE, scope.id());
    }
    for (Option<String> option : exceptions) {
      List<String> given = call.arguments().all(option);
      if (!given.isEmpty()) {
        fields.put(
            option.name(),
            given.stream().map(typed -> id(call, option, typed)).collect(Collectors.joining(",")));
      }
    }
    return fields;
  }

  private static String id(Call call, Option<String> option, String typed) {
    if (!option.name().equals(RuleFields.EXCEPT_PERSON)) {
      return Mentions.id(typed);
    }
    return PersonFinder.identity(call, typed)
        .orElseThrow(() ->
            new Refusal(ReasonCode.FLAG_VALUE, option.name(), typed, option.kind().accepted()));
  }
}

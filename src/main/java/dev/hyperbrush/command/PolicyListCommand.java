package dev.hyperbrush.command;

import dev.hyperbrush.chat.ActionId;
import dev.hyperbrush.chat.Button;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.policy.ContentRule;
import dev.hyperbrush.policy.Permission;
import dev.hyperbrush.store.Realm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code /policy list}: the rules in force here, page by page. Thread-safe. */
final class PolicyListCommand implements Verb {
  private static final int PAGE = 10;

  private final Option<Long> after = Option.of("after", new Kind.Whole(0, Long.MAX_VALUE), "120");
  private final RuleDesk desk;

  PolicyListCommand(RuleDesk desk) {
    this.desk = desk;
  }

  @Override
  public Usage usage() {
    ScopeOptions scopes = desk.moderation().scopes();
    return Usage.of("policy list")
        .takes("words")
        .with(scopes.server(), scopes.everywhere(), after)
        .onlyFor(Permission.MODERATOR);
  }

  /** Those for everywhere too, as they hold here; whoever did not make them cannot remove them. */
  @Override
  public Reply run(Call call) {
    Realm realm = desk.moderation().realm(call);
    List<ContentRule> all = new ArrayList<>(desk.book().of(Realm.EVERYWHERE));
    if (!realm.isEverywhere()) {
      all.addAll(desk.book().of(realm));
    }
    String words = call.arguments().text().toLowerCase(Locale.ROOT);
    long from = call.arguments().get(after).orElse(0L);
    List<ContentRule> found =
        all.stream()
            .filter(rule -> rule.id() > from)
            .filter(
                rule -> RuleText.line(call.locale(), rule).toLowerCase(Locale.ROOT).contains(words))
            .sorted(Comparator.comparingLong(ContentRule::id))
            .toList();
    List<ContentRule> page = found.subList(0, Math.min(PAGE, found.size()));
    List<String> lines = new ArrayList<>();
    lines.add(Texts.get(call.locale(), "policy.title", all.size()));
    page.forEach(rule -> lines.add(RuleText.line(call.locale(), rule)));
    Reply reply =
        Reply.text(String.join("\n", lines))
            .withCards(page.stream().map(rule -> desk.card(call, rule)).toList());
    return found.size() > PAGE ? withMore(call, reply, page.getLast().id()) : reply;
  }

  /** A button holds no words, so a search goes on by typing. */
  private static Reply withMore(Call call, Reply reply, long last) {
    if (call.arguments().text().isEmpty()) {
      return reply.withButtons(
          List.of(
              new Button(
                  Texts.get(call.locale(), "button.more"), new ActionId("policy list", last, 0))));
    }
    return reply.withMore(
        Texts.get(call.locale(), "policy.more", "/policy list … --after " + last));
  }

  @Override
  public Optional<String> pressed(ActionId action) {
    return Optional.of("--after " + action.id());
  }
}

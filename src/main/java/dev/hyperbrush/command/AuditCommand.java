package dev.hyperbrush.command;

import dev.hyperbrush.chat.ActionId;
import dev.hyperbrush.chat.Button;
import dev.hyperbrush.chat.Card;
import dev.hyperbrush.chat.Card.Field;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.policy.Bans;
import dev.hyperbrush.policy.Permission;
import dev.hyperbrush.store.AuditDao;
import dev.hyperbrush.store.AuditDao.Logged;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code /audit}: what moderators did, newest first. Whoever runs the program sees that of all
 * places where they are on no server. Thread-safe.
 */
final class AuditCommand implements Verb {
  private static final int PAGE = 10;

  private final Option<Long> before = Option.of("before", new Kind.Whole(1, Long.MAX_VALUE), "120");
  private final AuditDao audit;
  private final Moderation moderation;

  AuditCommand(AuditDao audit, Moderation moderation) {
    this.audit = audit;
    this.moderation = moderation;
  }

  @Override
  public Usage usage() {
    ScopeOptions scopes = moderation.scopes();
    return Usage.of("audit")
        .with(scopes.server(), scopes.everywhere(), before)
        .onlyFor(Permission.MODERATOR);
  }

  @Override
  public Reply run(Call call) {
    Locale locale = call.locale();
    long from = call.arguments().get(before).orElse(Long.MAX_VALUE);
    List<Logged> found = audit.newest(moderation.realm(call), from, PAGE + 1);
    List<Logged> page = found.subList(0, Math.min(PAGE, found.size()));
    List<String> lines = new ArrayList<>();
    lines.add(Texts.get(locale, page.isEmpty() ? "audit.empty" : "audit.title"));
    page.forEach(logged -> lines.add(line(locale, logged)));
    Reply reply =
        Reply.text(String.join("\n", lines))
            .withCards(page.stream().map(logged -> card(locale, logged)).toList());
    if (found.size() <= PAGE) {
      return reply;
    }
    ActionId older = new ActionId("audit", page.getLast().id(), 0);
    return reply.withButtons(List.of(new Button(Texts.get(locale, "button.history"), older)));
  }

  private static String line(Locale locale, Logged logged) {
    String reason = logged.entry().reason();
    return Bans.shown(logged.at())
        + " "
        + logged.entry().actorName()
        + ": "
        + Texts.get(locale, "audit." + logged.entry().action(), logged.entry().subject())
        + (reason.isEmpty() ? "" : " – " + reason);
  }

  private static Card card(Locale locale, Logged logged) {
    List<Field> fields = new ArrayList<>();
    fields.add(new Field(Texts.get(locale, "change.when"), Bans.shown(logged.at())));
    fields.add(new Field(Texts.get(locale, "change.who"), logged.entry().actorName()));
    if (!logged.entry().reason().isEmpty()) {
      fields.add(new Field(Texts.get(locale, "moderation.reason"), logged.entry().reason()));
    }
    return new Card(
        Texts.get(locale, "audit." + logged.entry().action(), logged.entry().subject()),
        fields,
        List.of());
  }

  @Override
  public Optional<String> pressed(ActionId action) {
    return Optional.of("--before " + action.id());
  }
}

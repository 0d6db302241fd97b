package dev.hyperbrush.command;

import dev.hyperbrush.chat.ActionId;
import dev.hyperbrush.chat.Button;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.policy.Permission;
import dev.hyperbrush.store.Ban;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code /bans}: who may not draw here, newest first. Thread-safe. */
final class BansCommand implements Verb {
  private static final int PAGE = 10;

  private final Option<Long> before = Option.of("before", new Kind.Whole(1, Long.MAX_VALUE), "120");
  private final BanDesk desk;

  BansCommand(BanDesk desk) {
    this.desk = desk;
  }

  @Override
  public Usage usage() {
    ScopeOptions scopes = desk.moderation().scopes();
    return Usage.of("bans")
        .with(scopes.server(), scopes.everywhere(), before)
        .onlyFor(Permission.MODERATOR);
  }

  @Override
  public Reply run(Call call) {
    Locale locale = call.locale();
    long from = call.arguments().get(before).orElse(Long.MAX_VALUE);
    List<Ban> found = desk.bans().of(desk.moderation().realm(call), from, PAGE + 1);
    List<Ban> page = found.subList(0, Math.min(PAGE, found.size()));
    List<String> lines = new ArrayList<>();
    lines.add(Texts.get(locale, page.isEmpty() ? "bans.empty" : "bans.title"));
    page.forEach(ban -> lines.add(BanDesk.line(locale, ban)));
    Reply reply =
        Reply.text(String.join("\n", lines))
            .withCards(page.stream().map(ban -> BanDesk.card(locale, ban)).toList());
    if (found.size() <= PAGE) {
      return reply;
    }
    ActionId older = new ActionId("bans", page.getLast().id(), 0);
    return reply.withButtons(List.of(new Button(Texts.get(locale, "button.history"), older)));
  }

  @Override
  public Optional<String> pressed(ActionId action) {
    return Optional.of("--before " + action.id());
  }
}

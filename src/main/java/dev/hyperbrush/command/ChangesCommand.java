package dev.hyperbrush.command;

import dev.hyperbrush.chat.ActionId;
import dev.hyperbrush.chat.Button;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.policy.Permission;
import dev.hyperbrush.policy.Scope;
import dev.hyperbrush.store.Change;
import dev.hyperbrush.store.ChangeLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code /changes}: who changed what, newest first, page by page: moderators those of their server,
 * whoever runs the program those of all places, everybody their own. Thread-safe.
 */
final class ChangesCommand implements Verb {
  private static final int PAGE = 10;

  private final Option<Boolean> mine = Option.of("mine", new Kind.Switch(), "");
  private final Option<Long> before = Option.of("before", new Kind.Whole(1, Long.MAX_VALUE), "120");
  private final ScopeOptions scopes = new ScopeOptions();
  private final ChangeLog log;

  ChangesCommand(ChangeLog log) {
    this.log = log;
  }

  @Override
  public Usage usage() {
    return Usage.of("changes").takes("words").with(mine, scopes.server(), before).evenWhenBanned();
  }

  @Override
  public Reply run(Call call) {
    Locale locale = call.locale();
    String search = call.arguments().text();
    Optional<Scope> place = place(call);
    // One more than a page, to know whether there is another.
    List<Change> found =
        log.list(
            place.map(Scope::text),
            search,
            call.arguments().get(before).orElse(Long.MAX_VALUE),
            PAGE + 1);
    String title =
        place
            .map(of -> Texts.get(locale, "changes.title", ScopeOptions.name(locale, of)))
            .orElseGet(() -> Texts.get(locale, "changes.all"));
    List<Change> page = found.subList(0, Math.min(PAGE, found.size()));
    List<String> lines = new ArrayList<>(List.of(title));
    page.forEach(change -> lines.add(ChangeText.numbered(locale, change)));
    if (page.isEmpty()) {
      lines.add(Texts.get(locale, "history.empty"));
    }
    Reply reply =
        Reply.text(String.join("\n", lines))
            .withCards(page.stream().map(change -> ChangeText.card(locale, change)).toList());
    return found.size() > PAGE ? withOlder(call, reply, page.getLast().id()) : reply;
  }

  /** Whose changes; empty for all. */
  private Optional<Scope> place(Call call) {
    Scope own = Scope.person(call.personId());
    if (call.arguments().get(mine).orElse(false)) {
      return Optional.of(own);
    }
    Optional<Scope> server = scopes.server(call);
    if (call.situation().may(Permission.OPERATOR)) {
      return server;
    }
    return server
        .filter(_ -> call.situation().may(Permission.MODERATOR))
        .or(() -> Optional.of(own));
  }

  /** A button holds no words, so a search goes on by typing. */
  private static Reply withOlder(Call call, Reply reply, long last) {
    if (call.arguments().text().isEmpty() && namesNoPlace(call)) {
      return reply.withButtons(
          List.of(
              new Button(
                  Texts.get(call.locale(), "button.history"), new ActionId("changes", last, 0))));
    }
    String older = "/changes … --before " + last;
    return reply.withMore(Texts.get(call.locale(), "history.older", older));
  }

  private static boolean namesNoPlace(Call call) {
    return List.of("before").containsAll(call.arguments().mentioned());
  }

  @Override
  public Optional<String> pressed(ActionId action) {
    return Optional.of("--before " + action.id());
  }
}

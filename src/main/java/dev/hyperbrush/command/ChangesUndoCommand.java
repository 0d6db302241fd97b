package dev.hyperbrush.command;

import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.Shown;
import dev.hyperbrush.policy.Permission;
import dev.hyperbrush.policy.Presets;
import dev.hyperbrush.policy.Scope;
import dev.hyperbrush.policy.ScopeKind;
import dev.hyperbrush.store.Change;
import dev.hyperbrush.store.ChangeLog;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code /changes undo}: makes something again what it was before a change. Whoever may see a
 * change may take it back; to all others it does not exist. Thread-safe.
 */
final class ChangesUndoCommand implements JobVerb {
  private static final Pattern NUMBER = Pattern.compile("#?(\\d{1,18})");

  private final Option<Boolean> force = Option.of("force", new Kind.Switch(), "");
  private final ChangeLog log;

  ChangesUndoCommand(ChangeLog log) {
    this.log = log;
  }

  @Override
  public Usage usage() {
    return Usage.of("changes undo").needs("change").with(force);
  }

  @Override
  public Reply run(Call call) {
    Matcher number = NUMBER.matcher(call.arguments().text());
    if (!number.matches()) {
      throw new Refusal(ReasonCode.CHANGE_ID_NEEDED, Shown.brief(call.arguments().text()));
    }
    long id = Long.parseLong(number.group(1));
    if (log.find(id).filter(change -> isOf(call, change)).isEmpty()) {
      throw new Refusal(ReasonCode.CHANGE_UNKNOWN, id);
    }
    Change undone = log.undo(call.personId(), id, call.arguments().get(force).orElse(false));
    String text =
        Texts.get(call.locale(), "changes.undone", id)
            + "\n"
            + ChangeText.line(call.locale(), undone);
    return Reply.text(text).withCards(List.of(ChangeText.card(call.locale(), undone)));
  }

  private static boolean isOf(Call call, Change change) {
    Scope place = Scope.parse(change.place()).orElse(Scope.OPERATOR);
    if (place.kind() == ScopeKind.PERSON) {
      return place.equals(Scope.person(call.personId()));
    }
    boolean here = Presets.server(call.situation()).filter(place::equals).isPresent();
    return call.situation().may(Permission.OPERATOR)
        || (here && call.situation().may(Permission.MODERATOR));
  }
}

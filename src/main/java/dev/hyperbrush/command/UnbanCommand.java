package dev.hyperbrush.command;

import dev.hyperbrush.chat.ActionId;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.policy.Permission;
import dev.hyperbrush.store.AuditAction;
import dev.hyperbrush.store.Ban;
import dev.hyperbrush.store.KnownPerson;
import dev.hyperbrush.store.Realm;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code /unban}: ends a ban or a timeout, by person or by the number of the ban. Thread-safe. */
final class UnbanCommand implements Verb {
  private static final Pattern NUMBER = Pattern.compile("#(\\d{1,18})");

  private final BanDesk desk;

  UnbanCommand(BanDesk desk) {
    this.desk = desk;
  }

  @Override
  public Usage usage() {
    return Usage.of("unban")
        .needs("person")
        .with(desk.moderation().elsewhere())
        .onlyFor(Permission.MODERATOR);
  }

  @Override
  public Reply run(Call call) {
    Matcher number = NUMBER.matcher(call.arguments().text());
    return number.matches()
        ? lift(call, numbered(call, Long.parseLong(number.group(1))))
        : lift(call, desk.people().find(call, call.arguments().text()));
  }

  /** Of another server there is no such ban for its moderators. */
  private Ban numbered(Call call, long id) {
    Realm here = Realm.around(call.origin());
    return desk.bans()
        .find(id)
        .filter(ban ->
            call.situation().may(Permission.OPERATOR)
                || (!ban.realm().isEverywhere() && ban.realm().equals(here)))
        .orElseThrow(() -> new Refusal(ReasonCode.BAN_UNKNOWN, "#" + id));
  }

  private Reply lift(Call call, Ban ban) {
    if (!desk.bans().lift(ban)) {
      throw new Refusal(ReasonCode.BAN_UNKNOWN, "#" + ban.id());
    }
    return lifted(call, ban.realm(), ban.personId(), ban.personName());
  }

  private Reply lift(Call call, KnownPerson person) {
    Realm realm = desk.moderation().realm(call);
    if (!desk.bans().lift(realm, person.personId())) {
      throw new Refusal(ReasonCode.BAN_UNKNOWN, person.name());
    }
    return lifted(call, realm, person.personId(), person.name());
  }

  private Reply lifted(Call call, Realm realm, long personId, String name) {
    desk.moderation().record(call, realm, AuditAction.UNBAN, Optional.of(personId), name, "");
    return Reply.text(Texts.get(call.locale(), "ban.lifted", name));
  }

  @Override
  public Optional<String> pressed(ActionId action) {
    return Optional.of("#" + action.id());
  }
}

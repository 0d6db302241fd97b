package dev.hyperbrush.command;

import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.policy.Permission;
import dev.hyperbrush.policy.Scope;
import dev.hyperbrush.policy.ScopeKind;
import dev.hyperbrush.policy.Setting;
import dev.hyperbrush.policy.Settings;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code /defaults unset}: takes back what is set on a server. Thread-safe. */
final class DefaultsUnsetCommand implements Verb {
  private final DefaultsDesk desk;

  DefaultsUnsetCommand(DefaultsDesk desk) {
    this.desk = desk;
  }

  @Override
  public Usage usage() {
    return Usage.of("defaults unset")
        .needs("settings")
        .with(desk.scopes().all().toArray(Option<?>[]::new))
        .onlyFor(Permission.MODERATOR);
  }

  @Override
  public Reply run(Call call) {
    Scope scope = desk.scopes().scope(call);
    Set<Setting<?>> named = DefaultsDesk.named(call.arguments().text(), scope);
    if (named.isEmpty()) {
      String names =
          Settings.of(ScopeKind.ROLE).stream().map(Setting::name).collect(Collectors.joining(", "));
      throw new Refusal(ReasonCode.SETTINGS_NOTHING_NAMED, "/defaults unset steps", names);
    }
    return desk.unset(call, scope, named);
  }
}

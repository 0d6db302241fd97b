package dev.hyperbrush.command;

import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.policy.Permission;
import dev.hyperbrush.policy.Scope;
import dev.hyperbrush.policy.SettingValues;
import java.util.stream.Stream;

/** {@code /defaults set}: what people get and may have on a server. Thread-safe. */
final class DefaultsSetCommand implements Verb {
  private final DefaultsDesk desk;

  DefaultsSetCommand(DefaultsDesk desk) {
    this.desk = desk;
  }

  @Override
  public Usage usage() {
    Option<?>[] options =
        Stream.concat(desk.moderated().options().stream(), desk.scopes().all().stream())
            .toArray(Option<?>[]::new);
    return Usage.of("defaults set").with(options).onlyFor(Permission.MODERATOR);
  }

  @Override
  public Reply run(Call call) {
    Scope scope = desk.scopes().scope(call);
    SettingValues values = desk.moderated().values(call.arguments());
    DefaultsDesk.requireSomething(call, values.isEmpty(), "/defaults set --steps 6", scope);
    values.settings().forEach(setting -> DefaultsDesk.requirePossible(setting, scope));
    return desk.set(call, scope, values);
  }
}

package dev.hyperbrush.command;

import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.policy.Permission;

/**
 * {@code /defaults show}: what is set on a server, or in one of its channels or roles. Thread-safe.
 */
final class DefaultsShowCommand implements Verb {
  private final DefaultsDesk desk;

  DefaultsShowCommand(DefaultsDesk desk) {
    this.desk = desk;
  }

  @Override
  public Usage usage() {
    return Usage.of("defaults show")
        .with(desk.scopes().all().toArray(Option<?>[]::new))
        .onlyFor(Permission.MODERATOR);
  }

  @Override
  public Reply run(Call call) {
    return desk.show(call, desk.scopes().scope(call));
  }
}

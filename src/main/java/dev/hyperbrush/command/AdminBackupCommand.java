package dev.hyperbrush.command;

import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.policy.Permission;
import dev.hyperbrush.store.Backups;
import java.time.InstantSource;

/** {@code /admin backup}: copies database and pictures while everything goes on. Thread-safe. */
final class AdminBackupCommand implements AdminVerb {
  private final Backups backups;
  private final InstantSource clock;

  AdminBackupCommand(Backups backups, InstantSource clock) {
    this.backups = backups;
    this.clock = clock;
  }

  @Override
  public Usage usage() {
    return Usage.of("admin backup").onlyFor(Permission.OPERATOR);
  }

  @Override
  public Reply run(Call call) {
    Backups.Backup made = backups.make(clock.instant());
    return Reply.text(
        Texts.get(
            call.locale(), "admin.backup.done", made.file(), made.pictures(), made.bytes() >> 20));
  }
}

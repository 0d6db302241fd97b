package dev.hyperbrush.command;

import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.policy.Permission;
import dev.hyperbrush.queue.JobQueue;
import java.util.function.Consumer;

/** {@code /admin pause}, {@code drain} and {@code resume}. Thread-safe. */
final class AdminModeCommand implements AdminVerb {
  private final String mode;
  private final JobQueue queue;
  private final Consumer<JobQueue> change;

  /**
   * One of the three.
   *
   * @param mode its second word
   */
  AdminModeCommand(String mode, JobQueue queue, Consumer<JobQueue> change) {
    this.mode = mode;
    this.queue = queue;
    this.change = change;
  }

  @Override
  public Usage usage() {
    return Usage.of("admin " + mode).onlyFor(Permission.OPERATOR);
  }

  @Override
  public Reply run(Call call) {
    change.accept(queue);
    return AdminStatusCommand.status(call.locale(), queue)
        .withMore(Texts.get(call.locale(), "admin." + mode + ".done"));
  }
}

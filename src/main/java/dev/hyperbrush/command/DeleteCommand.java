package dev.hyperbrush.command;

import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.queue.JobQueue;
import dev.hyperbrush.store.Job;

/** {@code /delete}: removes an own job and its pictures, stopping it before. Thread-safe. */
final class DeleteCommand implements JobVerb {
  private final JobQueue queue;
  private final JobDesk desk;

  DeleteCommand(JobQueue queue, JobDesk desk) {
    this.queue = queue;
    this.desk = desk;
  }

  @Override
  public Usage usage() {
    return Usage.of("delete").needs("id").evenWhenBanned();
  }

  @Override
  public Reply run(Call call) {
    Job job = desk.own(call);
    queue.delete(job.id());
    return Reply.text(Texts.get(call.locale(), "delete.done", job.id()));
  }
}

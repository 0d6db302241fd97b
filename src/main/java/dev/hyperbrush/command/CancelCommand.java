package dev.hyperbrush.command;

import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.queue.JobQueue;
import dev.hyperbrush.store.Job;
import java.util.List;

/**
 * {@code /cancel}: stops an own job, the newest one that has not ended when none is named.
 * Thread-safe.
 */
final class CancelCommand implements JobVerb {
  private final JobQueue queue;
  private final JobDesk desk;

  CancelCommand(JobQueue queue, JobDesk desk) {
    this.queue = queue;
    this.desk = desk;
  }

  @Override
  public Usage usage() {
    return Usage.of("cancel").takes("id").evenWhenBanned();
  }

  @Override
  public Reply run(Call call) {
    Job job = call.arguments().text().isEmpty() ? newest(call) : desk.own(call);
    if (!queue.cancel(job.id())) {
      throw new Refusal(ReasonCode.JOB_OVER, job.id());
    }
    return Reply.text(Texts.get(call.locale(), "cancel.done", job.id()))
        .withJobs(desk.views(call, queue.find(job.id()).stream().toList()));
  }

  private Job newest(Call call) {
    List<Job> unfinished = desk.unfinished(call);
    if (unfinished.isEmpty()) {
      throw new Refusal(ReasonCode.NOTHING_TO_CANCEL);
    }
    return unfinished.getFirst();
  }
}

package dev.hyperbrush.command;

import dev.hyperbrush.chat.JobView;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.policy.EffectiveSettings.Settled;
import dev.hyperbrush.queue.JobQueue;
import dev.hyperbrush.store.Job;
import java.util.List;

/** Puts a settled request into the queue and says so. Thread-safe. */
final class Submission {
  private final JobQueue queue;
  private final JobDesk desk;

  Submission(JobQueue queue, JobDesk desk) {
    this.queue = queue;
    this.desk = desk;
  }

  /** The job is committed when this returns. */
  Reply submit(Call call, Settled settled) {
    Job job = queue.submit(call.personId(), call.origin(), settled.request());
    JobView view = desk.view(call, job);
    String text =
        view.position() == 0
            ? Texts.get(call.locale(), "imagine.started", job.id())
            : Texts.get(call.locale(), "imagine.queued", job.id(), view.position());
    return Reply.text(text).withNotices(settled.notices()).withJobs(List.of(view));
  }
}

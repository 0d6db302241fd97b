package dev.hyperbrush.command;

import dev.hyperbrush.chat.JobView;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.policy.EffectiveSettings;
import dev.hyperbrush.policy.EffectiveSettings.Settled;
import dev.hyperbrush.policy.Wish;
import dev.hyperbrush.queue.JobQueue;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.NewJob;
import dev.hyperbrush.store.PictureRef;
import java.util.List;
import java.util.Optional;

/** Settles a wish, puts it into the queue and says so. Thread-safe. */
final class Submission {
  private final EffectiveSettings settings;
  private final JobQueue queue;
  private final JobDesk desk;

  Submission(EffectiveSettings settings, JobQueue queue, JobDesk desk) {
    this.settings = settings;
    this.queue = queue;
    this.desk = desk;
  }

  /**
   * The job is committed when this returns.
   *
   * @param parent the picture that this one is a variation of
   */
  Reply submit(Call call, Wish wish, Optional<PictureRef> parent) {
    Settled settled = settings.settle(wish, call.situation());
    Job job =
        queue.submit(
            new NewJob(
                call.personId(),
                call.origin(),
                settled.request(),
                parent,
                settled.spoiler(),
                settled.allowances().weight(),
                call.route()));
    JobView view = desk.view(call, job);
    String text =
        view.position() == 0
            ? Texts.get(call.locale(), "imagine.started", job.id())
            : Texts.get(call.locale(), "imagine.queued", job.id(), view.position());
    return Reply.text(text).withNotices(settled.notices()).withJobs(List.of(view));
  }
}

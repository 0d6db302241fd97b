package dev.hyperbrush.command;

import dev.hyperbrush.chat.JobView;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.chat.TimeText;
import dev.hyperbrush.policy.Admission;
import dev.hyperbrush.policy.Admission.Asked;
import dev.hyperbrush.policy.EffectiveSettings;
import dev.hyperbrush.policy.EffectiveSettings.Settled;
import dev.hyperbrush.policy.Wish;
import dev.hyperbrush.queue.JobQueue;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.NewJob;
import dev.hyperbrush.store.PictureRef;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Settles a wish, puts it into the queue and says so. Thread-safe. */
final class Submission {
  private final EffectiveSettings settings;
  private final JobQueue queue;
  private final Admission admission;
  private final JobDesk desk;

  Submission(EffectiveSettings settings, Admission admission, JobQueue queue, JobDesk desk) {
    this.settings = settings;
    this.admission = admission;
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
    NewJob wanted =
        new NewJob(
            call.personId(),
            call.origin(),
            settled.request(),
            parent,
            settled.spoiler(),
            settled.allowances().weight(),
            call.route());
    Asked asked = new Asked(call.situation(), settled.allowances(), settled.request().cost());
    Job job = admission.admit(asked, charge -> queue.submit(wanted.within(charge)));
    JobView view = desk.view(call, job);
    return Reply.text(text(call.locale(), view))
        .withNotices(settled.notices())
        .withJobs(List.of(view));
  }

  private static String text(Locale locale, JobView view) {
    long id = view.job().id();
    if (view.position() == 0) {
      return Texts.get(locale, "imagine.started", id);
    }
    return view.readyIn()
        .map(time ->
            Texts.get(
                locale, "imagine.queuedin", id, view.position(), TimeText.about(locale, time)))
        .orElseGet(() -> Texts.get(locale, "imagine.queued", id, view.position()));
  }
}

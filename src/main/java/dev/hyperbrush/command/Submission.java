package dev.hyperbrush.command;

import dev.hyperbrush.chat.JobView;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.chat.TimeText;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.policy.Admission;
import dev.hyperbrush.policy.Admission.Asked;
import dev.hyperbrush.policy.ContentRule;
import dev.hyperbrush.policy.ContentRules;
import dev.hyperbrush.policy.EffectiveSettings;
import dev.hyperbrush.policy.EffectiveSettings.Settled;
import dev.hyperbrush.policy.Judgement;
import dev.hyperbrush.policy.Wish;
import dev.hyperbrush.queue.JobQueue;
import dev.hyperbrush.scheduler.PixelSteps;
import dev.hyperbrush.store.Hold;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.NewJob;
import dev.hyperbrush.store.PictureRef;
import dev.hyperbrush.store.Realm;
import dev.hyperbrush.store.RequestRepeated;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Settles a wish, puts it into the queue and says so. Thread-safe. */
final class Submission {
  private final EffectiveSettings settings;
  private final ContentRules rules;
  private final JobQueue queue;
  private final Admission admission;
  private final JobDesk desk;

  Submission(
      EffectiveSettings settings,
      ContentRules rules,
      Admission admission,
      JobQueue queue,
      JobDesk desk) {
    this.settings = settings;
    this.rules = rules;
    this.admission = admission;
    this.queue = queue;
    this.desk = desk;
  }

  /**
   * The job is committed when this returns. A command that became one before gets that one again,
   * and takes nothing of any limit.
   *
   * @param parent the picture that this one is a variation of
   */
  Reply submit(Call call, Wish wish, Optional<PictureRef> parent) {
    Optional<Long> before =
        call.request().flatMap(number -> queue.requested(call.origin().platform(), number));
    if (before.isPresent()) {
      return repeated(call, before.get());
    }
    try {
      return submitNew(call, wish, parent);
    } catch (RequestRepeated meanwhile) {
      return repeated(call, meanwhile.jobId());
    }
  }

  private Reply repeated(Call call, long id) {
    Job job = desk.visible(call, id);
    JobView view = desk.view(call, job);
    Reply reply =
        Reply.text(
            queue
                .held()
                .find(id)
                .map(why -> held(call.locale(), id, why.ruleId(), why.reason()))
                .orElseGet(() -> text(call.locale(), view)));
    return reply.withNotices(job.notices()).withJobs(List.of(view));
  }

  private Reply submitNew(Call call, Wish wish, Optional<PictureRef> parent) {
    Settled settled = settings.settle(wish, call.situation());
    Judgement judged = rules.judge(settled.request(), call.situation());
    judged
        .refusal()
        .ifPresent(why -> {
          throw new Refusal(why, null);
        });
    List<Phrase> notices = new ArrayList<>(settled.notices());
    notices.addAll(judged.notices());
    NewJob wanted =
        new NewJob(
                call.personId(),
                call.origin(),
                judged.request(),
                parent,
                settled.spoiler() || judged.spoiler(),
                settled.allowances().weight(),
                call.route())
            .numbered(call.request())
            .noticing(notices);
    Asked asked =
        new Asked(call.situation(), settled.allowances(), PixelSteps.of(settled.request()));
    Job job = admission.admit(asked, charge -> accept(wanted.within(charge), judged.held()));
    JobView view = desk.view(call, job);
    String text =
        judged
            .held()
            .map(rule -> held(call.locale(), job.id(), rule.id(), rule.effect().reason()))
            .orElseGet(() -> text(call.locale(), view));
    return Reply.text(text).withNotices(notices).withJobs(List.of(view));
  }

  private Job accept(NewJob job, Optional<ContentRule> held) {
    return held.map(rule ->
            queue
                .held()
                .hold(
                    job,
                    new Hold(
                        Realm.around(job.origin()),
                        rule.id(),
                        rule.effect().reason(),
                        rule.bounds().realm().isEverywhere())))
        .orElseGet(() -> queue.submit(job));
  }

  private static String held(Locale locale, long job, long rule, String reason) {
    return Texts.say(
        locale, Phrase.of(ReasonCode.RULE_HELD, job, rule, reason.isEmpty() ? "" : ": " + reason));
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

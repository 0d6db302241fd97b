package dev.hyperbrush.command;

import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.queue.JobQueue;
import dev.hyperbrush.store.AuditAction;
import dev.hyperbrush.store.AuditDao;
import dev.hyperbrush.store.AuditEntry;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.Realm;
import java.util.List;
import java.util.Optional;

/**
 * {@code /cancel}: stops an own job, the newest one that has not ended when none is named; for
 * moderators, any job of their server. Thread-safe.
 */
final class CancelCommand implements JobVerb {
  private final JobQueue queue;
  private final JobDesk desk;
  private final AuditDao audit;

  CancelCommand(JobQueue queue, JobDesk desk, AuditDao audit) {
    this.queue = queue;
    this.desk = desk;
    this.audit = audit;
  }

  @Override
  public Usage usage() {
    return Usage.of("cancel").takes("id").evenWhenBanned();
  }

  @Override
  public Reply run(Call call) {
    Job job = call.arguments().text().isEmpty() ? newest(call) : desk.ownOrModerated(call);
    if (!cancel(call, job)) {
      throw new Refusal(ReasonCode.JOB_OVER, job.id());
    }
    return Reply.text(Texts.get(call.locale(), "cancel.done", job.id()))
        .withJobs(desk.views(call, queue.find(job.id()).stream().toList()));
  }

  /** What is done to others is written down. */
  private boolean cancel(Call call, Job job) {
    if (desk.isOwn(call, job)) {
      return queue.cancel(job.id());
    }
    boolean cancelled = queue.cancelForOther(job.id());
    if (cancelled) {
      audit.add(
          new AuditEntry(
              Realm.around(job.origin()),
              call.personId(),
              call.invocation().caller().person().displayName(),
              AuditAction.CANCEL,
              Optional.of(job.personId()),
              "#" + job.id(),
              ""));
    }
    return cancelled;
  }

  private Job newest(Call call) {
    List<Job> unfinished = desk.unfinished(call);
    if (unfinished.isEmpty()) {
      throw new Refusal(ReasonCode.NOTHING_TO_CANCEL);
    }
    return unfinished.getFirst();
  }
}

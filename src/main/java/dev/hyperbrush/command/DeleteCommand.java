package dev.hyperbrush.command;

import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.queue.JobQueue;
import dev.hyperbrush.store.AuditAction;
import dev.hyperbrush.store.AuditDao;
import dev.hyperbrush.store.AuditEntry;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.Realm;
import java.util.Optional;

/**
 * {@code /delete}: removes a job and its pictures, stopping it before; an own one, or one of the
 * server that the person keeps in order. Thread-safe.
 */
final class DeleteCommand implements JobVerb {
  private final JobQueue queue;
  private final JobDesk desk;
  private final AuditDao audit;

  DeleteCommand(JobQueue queue, JobDesk desk, AuditDao audit) {
    this.queue = queue;
    this.desk = desk;
    this.audit = audit;
  }

  @Override
  public Usage usage() {
    return Usage.of("delete").needs("id").evenWhenBanned();
  }

  @Override
  public Reply run(Call call) {
    Job job = desk.ownOrModerated(call);
    boolean deleted = queue.delete(job.id());
    if (deleted && !desk.isOwn(call, job)) {
      audit.add(
          new AuditEntry(
              Realm.around(job.origin()),
              call.personId(),
              call.invocation().caller().person().displayName(),
              AuditAction.DELETE,
              Optional.of(job.personId()),
              "#" + job.id(),
              ""));
    }
    return Reply.text(Texts.get(call.locale(), "delete.done", job.id()));
  }
}

package dev.hyperbrush.command;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.Shown;
import dev.hyperbrush.policy.Permission;
import dev.hyperbrush.queue.JobQueue;
import dev.hyperbrush.store.AuditAction;
import dev.hyperbrush.store.HeldJob;
import dev.hyperbrush.store.Hold;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.Realm;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Jobs that wait for a moderator, and who decides: of a server's rule its moderators, of a rule for
 * everywhere whoever runs the program. Thread-safe.
 */
final class ReviewDesk {
  private static final Pattern DECISION =
      Pattern.compile("#?(\\d{1,18})(?:\\s+(.*))?", Pattern.DOTALL);

  private final JobQueue queue;
  private final Moderation moderation;

  ReviewDesk(JobQueue queue, Moderation moderation) {
    this.queue = queue;
    this.moderation = moderation;
  }

  JobQueue queue() {
    return queue;
  }

  Moderation moderation() {
    return moderation;
  }

  /** What was decided: a job, and words behind its number. */
  record Decision(HeldJob held, String reason) {}

  /** The held job that a call names and its person may decide about. */
  Decision decision(Call call) {
    Matcher typed = DECISION.matcher(call.arguments().text());
    if (!typed.matches()) {
      throw new Refusal(
          ReasonCode.JOB_ID_NEEDED, Shown.brief(call.arguments().text()), call.invocation().verb());
    }
    long id = Long.parseLong(typed.group(1));
    Optional<Hold> hold = queue.held().find(id).filter(found -> sees(call, found));
    Optional<Job> job = queue.find(id);
    if (hold.isEmpty() || job.isEmpty()) {
      throw new Refusal(ReasonCode.REVIEW_UNKNOWN, id);
    }
    if (!decides(call, hold.get())) {
      throw new Refusal(ReasonCode.REVIEW_NOT_YOURS, id);
    }
    return new Decision(
        new HeldJob(job.get(), hold.get()), Optional.ofNullable(typed.group(2)).orElse("").strip());
  }

  private static boolean sees(Call call, Hold hold) {
    return call.situation().may(Permission.OPERATOR)
        || (!hold.realm().isEverywhere() && hold.realm().equals(Realm.around(call.origin())));
  }

  boolean decides(Call call, Hold hold) {
    return call.situation().may(Permission.OPERATOR) || !hold.byOperator();
  }

  void record(Call call, HeldJob held, AuditAction action, String reason) {
    moderation.record(
        call,
        held.hold().realm(),
        action,
        Optional.of(held.job().personId()),
        "#" + held.job().id(),
        reason);
  }
}

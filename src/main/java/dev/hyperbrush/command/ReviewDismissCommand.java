package dev.hyperbrush.command;

import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.policy.Permission;
import dev.hyperbrush.store.AuditAction;
import dev.hyperbrush.store.Realm;
import dev.hyperbrush.store.ReportDao;

/** {@code /review dismiss}: leaves a reported picture where it is. Thread-safe. */
final class ReviewDismissCommand implements JobVerb {
  private final ReportDao reports;
  private final Moderation moderation;

  ReviewDismissCommand(ReportDao reports, Moderation moderation) {
    this.reports = reports;
    this.moderation = moderation;
  }

  @Override
  public Usage usage() {
    return Usage.of("review dismiss").needs("id").onlyFor(Permission.MODERATOR);
  }

  @Override
  public Reply run(Call call) {
    long id = call.jobId();
    Realm here = Realm.around(call.origin());
    boolean operator = call.situation().may(Permission.OPERATOR);
    boolean settled =
        (operator || !here.isEverywhere())
            && reports.settle(operator ? Realm.EVERYWHERE : here, id);
    if (!settled) {
      throw new Refusal(ReasonCode.REPORT_UNKNOWN, id);
    }
    moderation.record(call, here, AuditAction.DISMISS, "#" + id);
    return Reply.text(Texts.get(call.locale(), "report.dismissed", id));
  }
}

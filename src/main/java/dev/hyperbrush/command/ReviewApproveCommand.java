package dev.hyperbrush.command;

import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.command.ReviewDesk.Decision;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.policy.Permission;
import dev.hyperbrush.store.AuditAction;

/** {@code /review approve}: lets what was held into the queue. Thread-safe. */
final class ReviewApproveCommand implements JobVerb {
  private final ReviewDesk desk;

  ReviewApproveCommand(ReviewDesk desk) {
    this.desk = desk;
  }

  @Override
  public Usage usage() {
    return Usage.of("review approve").needs("id").onlyFor(Permission.MODERATOR);
  }

  @Override
  public Reply run(Call call) {
    Decision decision = desk.decision(call);
    long id = decision.held().job().id();
    if (!desk.queue().held().release(id)) {
      throw new Refusal(ReasonCode.REVIEW_UNKNOWN, id);
    }
    desk.record(call, decision.held(), AuditAction.APPROVE, decision.reason());
    return Reply.text(Texts.get(call.locale(), "review.approved", id));
  }
}

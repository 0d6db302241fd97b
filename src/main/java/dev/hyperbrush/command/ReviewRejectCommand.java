package dev.hyperbrush.command;

import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.command.ReviewDesk.Decision;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.policy.Permission;
import dev.hyperbrush.store.AuditAction;

/** {@code /review reject}: ends what was held; its person is told why. Thread-safe. */
final class ReviewRejectCommand implements JobVerb {
  private final Option<String> reason = Option.of("reason", new Kind.Text(), "no gore, please");
  private final ReviewDesk desk;

  ReviewRejectCommand(ReviewDesk desk) {
    this.desk = desk;
  }

  @Override
  public Usage usage() {
    return Usage.of("review reject").needs("id").with(reason).onlyFor(Permission.MODERATOR);
  }

  @Override
  public Reply run(Call call) {
    Decision decision = desk.decision(call);
    long id = decision.held().job().id();
    String why = call.arguments().get(reason).orElse(decision.reason());
    Phrase told = Phrase.of(ReasonCode.REVIEW_REJECTED, why.isEmpty() ? "–" : why);
    if (!desk.queue().held().reject(id, told)) {
      throw new Refusal(ReasonCode.REVIEW_UNKNOWN, id);
    }
    desk.record(call, decision.held(), AuditAction.REJECT, why);
    return Reply.text(Texts.get(call.locale(), "review.rejected", id));
  }
}

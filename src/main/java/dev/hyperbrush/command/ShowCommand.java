package dev.hyperbrush.command;

import dev.hyperbrush.chat.JobView;
import dev.hyperbrush.chat.Reply;
import java.util.List;

/** {@code /show}: everything about a job that one may see. Thread-safe. */
final class ShowCommand implements JobVerb {
  private final JobDesk desk;

  ShowCommand(JobDesk desk) {
    this.desk = desk;
  }

  @Override
  public Usage usage() {
    return Usage.of("show").needs("id").evenWhenBanned();
  }

  @Override
  public Reply run(Call call) {
    JobView view = desk.view(call, desk.visible(call));
    return Reply.text(JobText.full(call.locale(), view))
        .withNotices(view.job().notices())
        .withJobs(List.of(view));
  }
}

package dev.hyperbrush.command;

import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.policy.Wish;
import java.util.Optional;

/** {@code /again}: asks for exactly what a job asked for. Thread-safe. */
final class AgainCommand implements JobVerb {
  private final Submission submission;
  private final JobDesk desk;

  AgainCommand(Submission submission, JobDesk desk) {
    this.submission = submission;
    this.desk = desk;
  }

  @Override
  public Usage usage() {
    return Usage.of("again").needs("id");
  }

  /** Settled anew: limits or models may have changed since. */
  @Override
  public Reply run(Call call) {
    Wish wish = Wish.again(desk.visible(call).request());
    return submission.submit(call, wish, Optional.empty());
  }
}

package dev.hyperbrush.command;

import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.policy.EffectiveSettings;
import dev.hyperbrush.policy.Wish;

/** {@code /vary}: asks for what a job asked for, with another seed. Thread-safe. */
final class VaryCommand implements JobVerb {
  private final EffectiveSettings settings;
  private final Submission submission;
  private final JobDesk desk;

  VaryCommand(EffectiveSettings settings, Submission submission, JobDesk desk) {
    this.settings = settings;
    this.submission = submission;
    this.desk = desk;
  }

  @Override
  public Usage usage() {
    return Usage.of("vary").needs("id");
  }

  /** Settled anew: limits or models may have changed since. */
  @Override
  public Reply run(Call call) {
    Wish wish = Wish.varied(desk.visible(call).request());
    return submission.submit(call, settings.settle(wish));
  }
}

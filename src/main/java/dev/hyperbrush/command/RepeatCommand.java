package dev.hyperbrush.command;

import dev.hyperbrush.chat.ActionId;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.policy.EffectiveSettings;
import dev.hyperbrush.policy.Wish;
import java.util.Optional;
import java.util.function.Function;

/**
 * {@code /again} and {@code /vary}: ask for what a job asked for, exactly or with another seed.
 * Thread-safe.
 */
final class RepeatCommand implements Verb {
  private final String name;
  private final Function<GenerationRequest, Wish> wish;
  private final EffectiveSettings settings;
  private final Submission submission;
  private final JobDesk desk;

  private RepeatCommand(
      String name,
      Function<GenerationRequest, Wish> wish,
      EffectiveSettings settings,
      Submission submission,
      JobDesk desk) {
    this.name = name;
    this.wish = wish;
    this.settings = settings;
    this.submission = submission;
    this.desk = desk;
  }

  static RepeatCommand again(EffectiveSettings settings, Submission submission, JobDesk desk) {
    return new RepeatCommand("again", Wish::again, settings, submission, desk);
  }

  static RepeatCommand vary(EffectiveSettings settings, Submission submission, JobDesk desk) {
    return new RepeatCommand("vary", Wish::varied, settings, submission, desk);
  }

  @Override
  public Usage usage() {
    return Usage.of(name).needs("id");
  }

  /** Settled anew: limits or models may have changed since. */
  @Override
  public Reply run(Call call) {
    GenerationRequest request = desk.visible(call).request();
    return submission.submit(call, settings.settle(wish.apply(request)));
  }

  @Override
  public Optional<String> pressed(ActionId action) {
    return Optional.of(String.valueOf(action.job()));
  }
}

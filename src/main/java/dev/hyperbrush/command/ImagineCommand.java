package dev.hyperbrush.command;

import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.policy.EffectiveSettings;

/** {@code /imagine}: asks for pictures. Thread-safe. */
final class ImagineCommand implements Verb {
  private final ImagineOptions options;
  private final EffectiveSettings settings;
  private final Submission submission;

  ImagineCommand(ImagineOptions options, EffectiveSettings settings, Submission submission) {
    this.options = options;
    this.settings = settings;
    this.submission = submission;
  }

  @Override
  public Usage usage() {
    return options.usage();
  }

  @Override
  public Reply run(Call call) {
    return submission.submit(call, settings.settle(options.wish(call.arguments())));
  }
}

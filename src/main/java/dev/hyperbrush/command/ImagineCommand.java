package dev.hyperbrush.command;

import dev.hyperbrush.chat.Reply;
import java.util.Optional;

/** {@code /imagine}: asks for pictures. Thread-safe. */
final class ImagineCommand implements Verb {
  private final ImagineOptions options;
  private final Submission submission;

  ImagineCommand(ImagineOptions options, Submission submission) {
    this.options = options;
    this.submission = submission;
  }

  @Override
  public Usage usage() {
    return options.usage();
  }

  @Override
  public Reply run(Call call) {
    return submission.submit(call, options.wish(call.arguments()), Optional.empty());
  }
}

package dev.hyperbrush.command;

import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.policy.Wish;
import dev.hyperbrush.store.Job;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@code /again}: asks for exactly what a job asked for, or for one picture of it. The same picture
 * is no variation, so it has no parent. Thread-safe.
 */
final class AgainCommand implements JobVerb {
  private final Submission submission;
  private final JobDesk desk;

  AgainCommand(Submission submission, JobDesk desk) {
    this.submission = submission;
    this.desk = desk;
  }

  @Override
  public Usage usage() {
    return Usage.of("again").needs("picture").drawing();
  }

  /** Settled anew: limits or models may have changed since. */
  @Override
  public Reply run(Call call) {
    PictureChoice choice = call.picture();
    Job job = desk.visible(call, choice.jobId());
    OptionalInt index = desk.index(job, choice);
    GenerationRequest request =
        index.isPresent() ? job.request().only(index.getAsInt()) : job.request();
    Wish wish = Wish.again(request).spoilerIf(job.spoiler());
    return submission.submit(call, wish, Optional.empty());
  }
}

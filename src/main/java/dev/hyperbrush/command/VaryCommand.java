package dev.hyperbrush.command;

import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.policy.Wish;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.PictureRef;
import java.util.Optional;

/** {@code /vary}: asks for what a job asked for, with another seed. Thread-safe. */
final class VaryCommand implements JobVerb {
  private final Submission submission;
  private final JobDesk desk;

  VaryCommand(Submission submission, JobDesk desk) {
    this.submission = submission;
    this.desk = desk;
  }

  @Override
  public Usage usage() {
    return Usage.of("vary").needs("picture").drawing();
  }

  /** Settled anew: limits or models may have changed since. */
  @Override
  public Reply run(Call call) {
    PictureChoice choice = call.picture();
    Job job = desk.visible(call, choice.jobId());
    PictureRef parent = new PictureRef(job.id(), desk.index(job, choice).orElse(0));
    Wish wish = Wish.varied(job.request()).spoilerIf(job.spoiler());
    return submission.submit(call, wish, Optional.of(parent));
  }
}

package dev.hyperbrush.command;

import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.store.FavouriteDao;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobState;
import java.util.List;
import java.util.OptionalInt;

/**
 * {@code /favourite}: marks an own picture, or all of a job, to be found and kept; said once more,
 * takes the mark away. Thread-safe.
 */
final class FavouriteCommand implements JobVerb {
  private final FavouriteDao favourites;
  private final JobDesk desk;

  FavouriteCommand(FavouriteDao favourites, JobDesk desk) {
    this.favourites = favourites;
    this.desk = desk;
  }

  @Override
  public Usage usage() {
    return Usage.of("favourite").needs("picture").evenWhenBanned();
  }

  @Override
  public Reply run(Call call) {
    PictureChoice choice = call.picture();
    Job job = desk.own(call, choice.jobId());
    OptionalInt index = desk.index(job, choice);
    if (job.state() != JobState.DONE) {
      throw new Refusal(ReasonCode.JOB_WITHOUT_PICTURE, job.id());
    }
    boolean now = favourites.toggle(job.id(), index);
    String name = job.id() + (index.isPresent() ? "." + (index.getAsInt() + 1) : "");
    String said = Texts.get(call.locale(), now ? "favourite.on" : "favourite.off", name);
    return Reply.text(said).withJobs(List.of(desk.view(call, job)));
  }
}

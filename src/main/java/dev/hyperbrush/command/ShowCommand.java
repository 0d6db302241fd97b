package dev.hyperbrush.command;

import dev.hyperbrush.chat.ActionId;
import dev.hyperbrush.chat.Audience;
import dev.hyperbrush.chat.Button;
import dev.hyperbrush.chat.JobView;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.store.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** {@code /show}: everything about a job that one may see, and where it comes from. Thread-safe. */
final class ShowCommand implements JobVerb {
  private final JobDesk desk;
  private final Lineage lineage;

  ShowCommand(JobDesk desk, Lineage lineage) {
    this.desk = desk;
    this.lineage = lineage;
  }

  @Override
  public Usage usage() {
    return Usage.of("show").needs("picture").evenWhenBanned().saidTo(Audience.EVERYBODY);
  }

  @Override
  public Reply run(Call call) {
    PictureChoice choice = call.picture();
    Job job = desk.visible(call, choice.jobId());
    OptionalInt index = desk.index(job, choice);
    JobView view = desk.view(call, job);
    if (view.waiting()) {
      desk.shown(call, job);
    }
    Lineage.Family family = lineage.of(call, job);
    List<String> more = new ArrayList<>();
    index.ifPresent(one -> more.add(one(call.locale(), job, one)));
    more.addAll(family.lines());
    return Reply.text(JobText.full(call.locale(), view, more))
        .withNotices(view.job().notices())
        .withJobs(List.of(view))
        .withCards(family.cards())
        .withButtons(index.isPresent() ? buttons(call, job, index.getAsInt()) : List.of());
  }

  private static String one(Locale locale, Job job, int index) {
    long seed = job.request().seed().plus(index).value();
    return Texts.get(locale, "show.one", index + 1, job.request().count(), seed);
  }

  /** For one of several pictures. */
  private List<Button> buttons(Call call, Job job, int index) {
    Stream<String> verbs =
        desk.isOwn(call, job)
            ? Stream.of("again", "vary", "favourite")
            : Stream.of("again", "vary");
    return verbs
        .filter(verb -> job.state().ended())
        .map(verb ->
            new Button(
                Texts.get(call.locale(), "button." + verb),
                new ActionId(verb, job.id(), index + 1)))
        .toList();
  }
}

package dev.hyperbrush.command;

import dev.hyperbrush.chat.ActionId;
import dev.hyperbrush.chat.Button;
import dev.hyperbrush.chat.JobView;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.queue.JobQueue;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobState;
import dev.hyperbrush.store.Origin;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Whose jobs one may see and touch, and how they are shown. Thread-safe.
 *
 * <p>A job is seen by who asked for it, and by everybody in the channel or on the server it was
 * asked on, where its picture is posted anyway. To all others it does not exist: the answer is the
 * same as for a number that was never given out.
 */
final class JobDesk {
  /** More of one's unfinished jobs than this are not shown. */
  private static final int MOST_UNFINISHED = 100;

  private final JobQueue queue;
  private final CommandWriter writer;

  JobDesk(JobQueue queue, CommandWriter writer) {
    this.queue = queue;
    this.writer = writer;
  }

  /** The job that a call names, which the person may see. */
  Job visible(Call call) {
    long id = call.jobId();
    return queue
        .find(id)
        .filter(job -> isOwn(job, call) || isAround(job.origin(), call.origin()))
        .orElseThrow(() -> new Refusal(ReasonCode.JOB_UNKNOWN, id));
  }

  /** The job that a call names, which the person asked for. */
  Job own(Call call) {
    Job job = visible(call);
    if (!isOwn(job, call)) {
      throw new Refusal(ReasonCode.JOB_NOT_YOURS, job.id());
    }
    return job;
  }

  /** The person's jobs that wait or are drawn, newest first. */
  List<Job> unfinished(Call call) {
    return queue.unfinished(call.personId(), MOST_UNFINISHED);
  }

  JobView view(Call call, Job job) {
    return view(job, call.locale(), isOwn(job, call));
  }

  JobView view(Job job, Locale locale, boolean own) {
    return new JobView(
        job,
        job.state() == JobState.QUEUED ? queue.position(job.id()) : 0,
        job.state() == JobState.DONE ? queue.pictures(job.id()) : List.of(),
        writer.line(job.request()),
        verbs(job, own).map(verb -> button(locale, verb, job.id())).toList());
  }

  List<JobView> views(Call call, List<Job> jobs) {
    return jobs.stream().map(job -> view(call, job)).toList();
  }

  /** What can be done with a job; what ends it or removes it, only by who asked for it. */
  private static Stream<String> verbs(Job job, boolean own) {
    Stream<String> everybody = job.state().ended() ? Stream.of("again", "vary") : Stream.empty();
    Stream<String> owner = Stream.of(job.state().ended() ? "delete" : "cancel");
    return own ? Stream.concat(everybody, owner) : everybody;
  }

  static Button button(Locale locale, String verb, long id) {
    return new Button(Texts.get(locale, "button." + verb), new ActionId(verb, id, 0));
  }

  private static boolean isOwn(Job job, Call call) {
    return job.personId() == call.personId();
  }

  private static boolean isAround(Origin there, Origin here) {
    boolean sameServer = here.server().isPresent() && here.server().equals(there.server());
    return here.platform().equals(there.platform())
        && (sameServer || here.channel().equals(there.channel()));
  }
}

package dev.hyperbrush.command;

import dev.hyperbrush.chat.ActionId;
import dev.hyperbrush.chat.Button;
import dev.hyperbrush.chat.JobView;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.policy.Permission;
import dev.hyperbrush.policy.Situation;
import dev.hyperbrush.queue.JobQueue;
import dev.hyperbrush.queue.Place;
import dev.hyperbrush.store.DeletedJob;
import dev.hyperbrush.store.DeliveryDao;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobState;
import dev.hyperbrush.store.LineageDao;
import dev.hyperbrush.store.Origin;
import dev.hyperbrush.store.Picture;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

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
  private final LineageDao lineage;
  private final CommandWriter writer;
  private final DeliveryDao deliveries;

  JobDesk(JobQueue queue, LineageDao lineage, CommandWriter writer, DeliveryDao deliveries) {
    this.queue = queue;
    this.lineage = lineage;
    this.writer = writer;
    this.deliveries = deliveries;
  }

  /** A job that the person may see. */
  Optional<Job> find(Call call, long id) {
    return queue.find(id).filter(job -> maySee(call, job));
  }

  /** What is left of a deleted job, for whoever could see it. */
  Optional<DeletedJob> deleted(Call call, long id) {
    return lineage.deleted(id).filter(job -> maySee(call, job.personId(), job.origin()));
  }

  /** The job that a call names, which the person may see. */
  Job visible(Call call) {
    return visible(call, call.jobId());
  }

  Job visible(Call call, long id) {
    return find(call, id).orElseThrow(() -> missing(call, id));
  }

  private Refusal missing(Call call, long id) {
    return deleted(call, id)
        .map(job -> new Refusal(ReasonCode.JOB_DELETED, id, Days.of(job.deletedAt())))
        .orElseGet(() -> new Refusal(ReasonCode.JOB_UNKNOWN, id));
  }

  /** The job that a call names, which the person asked for. */
  Job own(Call call) {
    return own(call, call.jobId());
  }

  Job own(Call call, long id) {
    Job job = visible(call, id);
    if (!isOwn(call, job)) {
      throw new Refusal(ReasonCode.JOB_NOT_YOURS, id);
    }
    return job;
  }

  /** The job that a call names, which is the person's, or on a server where they keep order. */
  Job ownOrModerated(Call call) {
    Job job = visible(call);
    if (!isOwn(call, job) && !moderates(call, job)) {
      throw new Refusal(ReasonCode.JOB_NOT_YOURS, job.id());
    }
    return job;
  }

  /** Which picture of a job is meant, counted from 0; empty for all. */
  OptionalInt index(Job job, PictureChoice choice) {
    int count = job.request().count();
    if (choice.number().isEmpty()) {
      return OptionalInt.empty();
    }
    int number = choice.number().getAsInt();
    if (number < 1 || number > count) {
      throw new Refusal(ReasonCode.PICTURE_NUMBER, job.id(), number, count);
    }
    return OptionalInt.of(number - 1);
  }

  /** The person's jobs that wait or are drawn, newest first. */
  List<Job> unfinished(Call call) {
    return queue.unfinished(call.personId(), MOST_UNFINISHED);
  }

  JobView view(Call call, Job job) {
    Right right =
        isOwn(call, job) ? Right.OWNER : moderates(call, job) ? Right.MODERATOR : Right.VIEWER;
    return view(job, call.locale(), right);
  }

  /** As the person who asked for it sees it. */
  JobView ownView(Job job, Locale locale) {
    return view(job, locale, Right.OWNER);
  }

  /** What it was drawn from. */
  JobForm form(Job job, int picture) {
    boolean one = picture >= 1 && picture <= job.request().count();
    return writer.form(one ? job.request().only(picture - 1) : job.request());
  }

  /** As it is posted; who may do what is asked when a button is pressed. */
  JobView publicView(Job job, Locale locale) {
    JobView own = view(job, locale, Right.VIEWER);
    return new JobView(
        job,
        own.position(),
        own.readyIn(),
        false,
        own.pictures(),
        own.command(),
        ResultButtons.of(job, own.pictures().size(), locale));
  }

  private JobView view(Job job, Locale locale, Right right) {
    List<Picture> pictures = job.state() == JobState.DONE ? queue.pictures(job.id()) : List.of();
    Place place = job.state() == JobState.QUEUED ? queue.place(job) : Place.NONE;
    return new JobView(
        job,
        place.position(),
        place.readyIn(),
        right == Right.OWNER && job.state().ended() && deliveries.isWaiting(job.id()),
        pictures,
        writer.line(job.request()),
        buttons(job, pictures, locale, right));
  }

  /** What somebody is to a job; each may do what those before may. */
  private enum Right {
    VIEWER,
    MODERATOR,
    OWNER
  }

  /** The person has seen all of a job: nothing of it waits any longer. */
  void shown(Call call, Job job) {
    deliveries.shown(call.personId(), List.of(job.id()));
  }

  List<JobView> views(Call call, List<Job> jobs) {
    return jobs.stream().map(job -> view(call, job)).toList();
  }

  /** What can be done with a job; what ends it or removes it, not by everybody. */
  private static List<Button> buttons(Job job, List<Picture> pictures, Locale locale, Right right) {
    List<Button> buttons = new ArrayList<>();
    if (job.state().ended()) {
      buttons.add(button(locale, "again", job.id()));
      buttons.add(button(locale, "vary", job.id()));
    }
    if (right == Right.OWNER && !pictures.isEmpty()) {
      boolean all = pictures.stream().allMatch(Picture::favourite);
      String label = all ? "button.favourite.off" : "button.favourite";
      buttons.add(new Button(Texts.get(locale, label), new ActionId("favourite", job.id(), 0)));
    }
    if (right != Right.VIEWER) {
      buttons.add(button(locale, job.state().ended() ? "delete" : "cancel", job.id()));
    }
    return buttons;
  }

  static Button button(Locale locale, String verb, long id) {
    return new Button(Texts.get(locale, "button." + verb), new ActionId(verb, id, 0));
  }

  boolean isOwn(Call call, Job job) {
    return job.personId() == call.personId();
  }

  boolean maySee(Call call, Job job) {
    return maySee(call, job.personId(), job.origin());
  }

  private static boolean maySee(Call call, long personId, Origin origin) {
    return personId == call.personId() || isAround(origin, call.origin());
  }

  /** Keepers of order have a say in what was asked for on their server, from anywhere on it. */
  private static boolean moderates(Call call, Job job) {
    Situation situation = call.situation();
    return situation.may(Permission.OPERATOR)
        || (situation.may(Permission.MODERATOR) && isSameServer(job.origin(), call.origin()));
  }

  private static boolean isAround(Origin there, Origin here) {
    return here.platform().equals(there.platform())
        && here.server().equals(there.server())
        && (here.server().isPresent() || here.channel().equals(there.channel()));
  }

  private static boolean isSameServer(Origin there, Origin here) {
    return here.platform().equals(there.platform())
        && here.server().isPresent()
        && here.server().equals(there.server());
  }
}

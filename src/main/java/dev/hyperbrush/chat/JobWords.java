package dev.hyperbrush.chat;

import dev.hyperbrush.queue.Place;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobState;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is said about one job beside its pictures, in a line, wherever they are posted. */
public final class JobWords {
  private static final double MILLIS = 1000;

  /** By which settings it was drawn, and how long that took. */
  public static String settings(Locale locale, Job job) {
    String line =
        Texts.get(
            locale,
            "job.line",
            job.id(),
            job.request().seed().value(),
            job.request().model(),
            job.request().steps(),
            job.request().size());
    return took(job)
        .map(time -> line + " · " + String.format(locale, "%.1f s", time.toMillis() / MILLIS))
        .orElse(line);
  }

  private static Optional<Duration> took(Job job) {
    return job.startedAt()
        .flatMap(begin -> job.finishedAt().map(end -> Duration.between(begin, end)))
        .filter(time -> !time.isNegative());
  }

  /**
   * Where it waits.
   *
   * @param ready when it will be there, in words of the platform; empty where that is not known
   */
  public static String waiting(Locale locale, Place place, Optional<String> ready) {
    return ready
        .map(when -> Texts.get(locale, "job.waits.ready", place.position(), when))
        .orElseGet(() -> Texts.get(locale, "job.waits", place.position()));
  }

  /** What is to be known of it. */
  public static List<String> notices(Locale locale, Job job) {
    return job.notices().stream().map(notice -> Texts.say(locale, notice)).toList();
  }

  /** How far it is drawn, in tens of percent. */
  public static String drawing(Locale locale, int step, int steps) {
    int percent = steps == 0 ? 0 : 10 * Math.floorDiv(10 * step, steps);
    return percent == 0 ? Texts.get(locale, "job.begins") : Texts.get(locale, "job.draws", percent);
  }

  /** Why it waits although the queue would have room for it. */
  public static String held(Locale locale) {
    return Texts.get(locale, "job.held");
  }

  /** How it ended without a picture. */
  public static String ended(Locale locale, Job job) {
    return job.failure()
        .filter(_ -> job.state() == JobState.FAILED)
        .map(why -> Texts.get(locale, "job.failed", job.id(), Texts.say(locale, why)))
        .orElseGet(() -> Texts.get(locale, "job.cancelled", job.id()));
  }

  private JobWords() {}
}

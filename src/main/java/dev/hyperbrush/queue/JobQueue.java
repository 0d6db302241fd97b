package dev.hyperbrush.queue;

import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.store.Database;
import dev.hyperbrush.store.Gallery;
import dev.hyperbrush.store.HistoryDao;
import dev.hyperbrush.store.HistoryFilter;
import dev.hyperbrush.store.HistoryPage;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobDao;
import dev.hyperbrush.store.NewJob;
import dev.hyperbrush.store.Picture;
import dev.hyperbrush.store.PictureDao;
import dev.hyperbrush.store.PictureStore;
import dev.hyperbrush.store.Route;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The durable queue: what it has accepted is drawn, whatever happens to the process. Thread-safe.
 */
public final class JobQueue {
  private static final Logger log = LoggerFactory.getLogger(JobQueue.class);

  /** A job over which as many processes died is taken for the reason. */
  private static final int MAX_ATTEMPTS = 3;

  /** Every job has the same place in the order, where the smallest id is drawn first. */
  private static final long SAME_TAG = 0;

  private final JobDao jobs;
  private final PictureDao pictures;
  private final HistoryDao history;
  private final Gallery gallery;
  private final InstantSource clock;
  private final JobEvents events;
  private final RunningJobs running;
  private final WorkSignal signal = new WorkSignal();

  private JobQueue(Database database, PictureStore files, InstantSource clock) {
    // The database keeps microseconds: an instant is the same before and after it was stored.
    this.clock = () -> clock.instant().truncatedTo(ChronoUnit.MICROS);
    this.jobs = new JobDao(database);
    this.pictures = new PictureDao(database);
    this.history = new HistoryDao(database);
    this.gallery = new Gallery(jobs, pictures, files);
    this.events = new JobEvents(clock);
    this.running = new RunningJobs(jobs, gallery, events, this.clock);
  }

  /**
   * Opens the queue of a database that this process alone has open. Jobs that a dead process was
   * drawing wait again, with the same seed and at their old place.
   */
  public static JobQueue open(Database database, PictureStore files, InstantSource clock) {
    JobQueue queue = new JobQueue(database, files, clock);
    int recovered =
        queue.jobs.recover(
            MAX_ATTEMPTS,
            Phrase.of(ReasonCode.JOB_KEEPS_CRASHING, MAX_ATTEMPTS),
            queue.clock.instant());
    if (recovered > 0) {
      log.info("{} jobs were not finished when the program ended last time", recovered);
    }
    return queue;
  }

  /** Accepts a job; it is committed when this returns. */
  public Job submit(NewJob job) {
    Job accepted = running.accept(() -> insert(job));
    signal.raise();
    return accepted;
  }

  private Job insert(NewJob job) {
    Instant now = clock.instant();
    long id = jobs.insert(job, SAME_TAG, SAME_TAG, now);
    return Job.queued(id, job, now);
  }

  public Optional<Job> find(long id) {
    return jobs.find(id);
  }

  /** 1 for the job that is drawn next, 0 for one that does not wait. */
  public int position(long id) {
    return jobs.position(id);
  }

  /** How many jobs wait. */
  public int waiting() {
    return jobs.countWaiting();
  }

  /** The waiting jobs, next first. */
  public List<Job> waitingJobs(int limit) {
    return jobs.waiting(limit);
  }

  /** A person's jobs that wait or are drawn, newest first. */
  public List<Job> unfinished(long personId, int limit) {
    return jobs.unfinished(personId, limit);
  }

  /**
   * A person's jobs, newest first.
   *
   * @param search words that must all be in the prompt, in any case; blank for all jobs
   * @param beforeId only jobs with a smaller id: what the page before says, or {@link
   *     Long#MAX_VALUE}
   */
  public HistoryPage history(long personId, String search, long beforeId, int limit) {
    return history.before(personId, HistoryFilter.words(search), beforeId, limit);
  }

  /** The pictures of a job by index; none before it is done. */
  public List<Picture> pictures(long jobId) {
    return pictures.of(jobId);
  }

  /**
   * Cancels a waiting job at once and asks a running one to stop. For the person who asked for it,
   * whom nobody has to tell of it.
   *
   * @return false when the job had ended, or there is none
   */
  public boolean cancel(long id) {
    return running.cancel(id, true);
  }

  /** As {@link #cancel}, for somebody else: the person is told of it where they asked. */
  public boolean cancelForOther(long id) {
    return running.cancel(id, false);
  }

  /**
   * Changes where the end of a job will be told, when the adapter knows better than at its
   * submission, as when a message has its number.
   *
   * @return false when it is too late: the end is being told, or has been
   */
  public boolean reroute(long id, Route route) {
    return jobs.reroute(id, route);
  }

  /** Deletes a job with its pictures, stopping it before; false when there is none. */
  public boolean delete(long id) {
    running.cancel(id, true);
    boolean deleted = gallery.delete(id, clock.instant());
    if (deleted) {
      events.deleted(id);
    }
    return deleted;
  }

  public JobEvents events() {
    return events;
  }

  RunningJobs running() {
    return running;
  }

  WorkSignal signal() {
    return signal;
  }
}

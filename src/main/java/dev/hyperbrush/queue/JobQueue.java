package dev.hyperbrush.queue;

import dev.hyperbrush.policy.Forecast;
import dev.hyperbrush.store.ClaimDao;
import dev.hyperbrush.store.Database;
import dev.hyperbrush.store.FairOrder;
import dev.hyperbrush.store.Gallery;
import dev.hyperbrush.store.HistoryDao;
import dev.hyperbrush.store.HistoryFilter;
import dev.hyperbrush.store.HistoryPage;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobDao;
import dev.hyperbrush.store.JobDao.Inserted;
import dev.hyperbrush.store.JobState;
import dev.hyperbrush.store.LeaseDao;
import dev.hyperbrush.store.NewJob;
import dev.hyperbrush.store.OutlookDao;
import dev.hyperbrush.store.Picture;
import dev.hyperbrush.store.PictureDao;
import dev.hyperbrush.store.PictureStore;
import dev.hyperbrush.store.QueueMode;
import dev.hyperbrush.store.RequestDao;
import dev.hyperbrush.store.RetentionDao;
import dev.hyperbrush.store.ReviewDao;
import dev.hyperbrush.store.Route;
import dev.hyperbrush.store.SpeedDao;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The durable queue: what it has accepted is drawn, whatever happens to the process. Thread-safe.
 */
public final class JobQueue {
  private static final Logger log = LoggerFactory.getLogger(JobQueue.class);

  /** Where what takes long is read; nobody waits for it. */
  private static final Executor BACKGROUND = task -> Thread.ofVirtual().start(task);

  private final FairOrder order = new StartTimeFairQueueing();
  private final JobDao jobs;
  private final LeaseDao leases;
  private final ClaimDao claims;
  private final PictureDao pictures;
  private final RetentionDao kept;
  private final RequestDao requests;
  private final HistoryDao history;
  private final Gallery gallery;
  private final QueueSettings settings;
  private final boolean shared;
  private final InstantSource clock;
  private final JobEvents events;
  private final RunningJobs running;
  private final LostJobs lost;
  private final Expiry expiry;
  private final DrawingSpeeds speeds;
  private final ModelSwitches switches = new ModelSwitches();
  private final WaitEstimate estimate;
  private final WorkSignal signal = new WorkSignal();
  private final HeldJobs held;

  private JobQueue(
      Database database,
      PictureStore files,
      InstantSource clock,
      QueueSettings settings,
      boolean shared) {
    // The database keeps microseconds: an instant is the same before and after it was stored.
    this.clock = () -> clock.instant().truncatedTo(ChronoUnit.MICROS);
    this.settings = settings;
    this.shared = shared;
    this.jobs = new JobDao(database);
    this.leases = new LeaseDao(database);
    this.claims = new ClaimDao(database, order);
    this.pictures = new PictureDao(database);
    this.kept = new RetentionDao(database);
    this.requests = new RequestDao(database);
    this.history = new HistoryDao(database);
    this.gallery = new Gallery(jobs, leases, pictures, files);
    this.events = new JobEvents(clock);
    this.running =
        new RunningJobs(
            new Claims(database, settings.lease(), this.clock),
            new Ends(jobs, leases, gallery, this.clock),
            events);
    this.lost = new LostJobs(leases, jobs, events, this.clock);
    this.expiry = new Expiry(jobs, events, this.clock, settings.expireAfter());
    this.speeds = new DrawingSpeeds(new SpeedDao(database), Machine.NAME, this.clock);
    this.estimate =
        new WaitEstimate(
            new OutlookDao(database),
            speeds,
            new SwitchCost(switches, settings.modelPatience()),
            this.clock,
            BACKGROUND,
            running.process());
    this.held = new HeldJobs(this, jobs, new ReviewDao(database), order);
  }

  /** As the longer one, with the standard settings. */
  public static JobQueue open(Database database, PictureStore files, InstantSource clock) {
    return open(database, files, clock, QueueSettings.standard());
  }

  /**
   * Opens the queue. Jobs that a dead process was drawing wait again, with the same seed and at
   * their old place: at once where this process alone has the database open, otherwise when their
   * lease has run out.
   */
  public static JobQueue open(
      Database database, PictureStore files, InstantSource clock, QueueSettings settings) {
    JobQueue queue = new JobQueue(database, files, clock, settings, !database.isExclusive());
    int recovered = queue.shared ? queue.lost.recoverExpired(Set.of()) : queue.lost.recoverAll();
    if (recovered > 0) {
      log.info("{} jobs were not finished when a process ended", recovered);
    }
    return queue;
  }

  /** As on a database that other processes share, whichever this one is. */
  static JobQueue openShared(
      Database database, PictureStore files, InstantSource clock, QueueSettings settings) {
    return new JobQueue(database, files, clock, settings, true);
  }

  /**
   * Accepts a job; it is committed when this returns.
   *
   * @throws dev.hyperbrush.store.RequestRepeated when its command became a job before
   */
  public Job submit(NewJob job) {
    Job accepted = running.accept(() -> insert(job));
    signal.raise();
    return accepted;
  }

  private Job insert(NewJob job) {
    Instant now = clock.instant();
    Inserted inserted = jobs.insert(job, order, now);
    Job accepted = Job.queued(inserted.id(), job, now);
    estimate.accepted(accepted, inserted.tags().start());
    return accepted;
  }

  /** The job that a platform's command became; it may be deleted since. */
  public Optional<Long> requested(String platform, String number) {
    return requests.jobOf(platform, number);
  }

  /** The jobs that moderators look at first. */
  public HeldJobs held() {
    return held;
  }

  public Optional<Job> find(long id) {
    return jobs.find(id);
  }

  /** Where a job is in the queue. */
  public Place place(Job job) {
    return estimate.place(job);
  }

  /** The first jobs of the queue, and when they will be there. */
  public List<Placed> front(int limit) {
    return estimate.front(limit);
  }

  /** When there is room again for new jobs. */
  public Forecast forecast() {
    return estimate;
  }

  /** How many jobs wait; of many, about. */
  public int waiting() {
    return estimate.waiting();
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
   * Cancels a waiting job at once and asks a running one to stop, in whichever process. For the
   * person who asked for it, whom nobody has to tell of it.
   *
   * @return false when the job had ended, or there is none
   */
  public boolean cancel(long id) {
    return cancel(id, true);
  }

  /** As {@link #cancel}, for somebody else: the person is told of it where they asked. */
  public boolean cancelForOther(long id) {
    return cancel(id, false);
  }

  private boolean cancel(long id, boolean owner) {
    return running.cancel(
        id,
        owner,
        () -> cancelWaiting(id, owner) || leases.requestCancel(id, running.process(), owner));
  }

  private boolean cancelWaiting(long id, boolean owner) {
    boolean cancelled = jobs.cancelWaiting(id, owner, clock.instant());
    if (cancelled) {
      jobs.find(id).ifPresent(job -> events.changed(job, JobState.CANCELLED));
    }
    return cancelled;
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
    cancel(id);
    boolean deleted = gallery.delete(id, clock.instant());
    if (deleted) {
      events.deleted(id);
    }
    return deleted;
  }

  /** What the queue does with jobs, in all processes and after every restart, until changed. */
  public QueueMode mode() {
    return claims.mode();
  }

  /** From here on no job is begun; those that are being drawn are finished. */
  public void pause() {
    change(QueueMode.PAUSED);
  }

  /** From here on no job is accepted; those that wait are drawn. */
  public void drain() {
    change(QueueMode.DRAINING);
  }

  /** Ends {@link #pause} and {@link #drain}. */
  public void resume() {
    change(QueueMode.OPEN);
  }

  private void change(QueueMode mode) {
    claims.setMode(mode);
    log.info("The queue is {} now", mode);
    signal.raise();
  }

  /** How many jobs are being drawn, in all processes. */
  public int drawing() {
    return leases.running().size();
  }

  /** Whether anything waits to be drawn. */
  boolean hasWaiting() {
    return jobs.countWaiting(1) > 0;
  }

  /** Whether nothing waits and nothing is drawn, in any process. */
  public boolean isEmpty() {
    return jobs.countWaiting(1) == 0 && leases.running().isEmpty();
  }

  /** Clears away, from now on until closed, what the settings say is not kept. */
  public Housekeeping housekeeping(RetentionSettings retention) {
    return housekeeper(retention).start();
  }

  /** One that only clears away when it is told to. */
  Housekeeping housekeeper(RetentionSettings retention) {
    return new Housekeeping(kept, requests, gallery, events, clock, retention);
  }

  public JobEvents events() {
    return events;
  }

  /** Of the machines that draw. */
  DrawingSpeeds speeds() {
    return speeds;
  }

  /** What workers of this process lose by changing models. */
  ModelSwitches switches() {
    return switches;
  }

  WaitEstimate estimate() {
    return estimate;
  }

  RunningJobs running() {
    return running;
  }

  WorkSignal signal() {
    return signal;
  }

  LostJobs lost() {
    return lost;
  }

  Expiry expiry() {
    return expiry;
  }

  InstantSource clock() {
    return clock;
  }

  QueueSettings settings() {
    return settings;
  }

  boolean isShared() {
    return shared;
  }

  Upkeep upkeep() {
    return new Upkeep(this, leases, clock);
  }
}

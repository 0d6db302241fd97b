package dev.hyperbrush.queue;

import dev.hyperbrush.generation.CancelledException;
import dev.hyperbrush.generation.GenerationResult;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.store.EncodedPicture;
import dev.hyperbrush.store.Gallery;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobDao;
import dev.hyperbrush.store.JobState;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs that this process draws or stores right now: how one gets in, and every way out.
 *
 * <p>Thread-safe. Claiming and cancelling exclude each other, so that a job is always found either
 * waiting or here, and events come in the order of the states.
 */
final class RunningJobs {
  private static final Logger log = LoggerFactory.getLogger(RunningJobs.class);

  /** Several, as another process may take the first ones. */
  private static final int CANDIDATES = 8;

  private final JobDao jobs;
  private final Gallery gallery;
  private final JobEvents events;
  private final InstantSource clock;
  private final Map<Long, RunningJob> running = new ConcurrentHashMap<>();

  /** Shared by those who accept jobs, held alone by those who change the state of waiting ones. */
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  RunningJobs(JobDao jobs, Gallery gallery, JobEvents events, InstantSource clock) {
    this.jobs = jobs;
    this.gallery = gallery;
    this.events = events;
    this.clock = clock;
  }

  /** Runs {@code insert} and tells of the job, before anybody can tell of its next state. */
  Job accept(Supplier<Job> insert) {
    return locked(
        lock.readLock(),
        () -> {
          Job job = insert.get();
          events.changed(job, JobState.QUEUED);
          return job;
        });
  }

  /** Takes the job that is next; empty when none waits. */
  Optional<RunningJob> claimNext() {
    return locked(lock.writeLock(), this::claim);
  }

  private Optional<RunningJob> claim() {
    List<Long> candidates = jobs.next(CANDIDATES);
    while (!candidates.isEmpty()) {
      for (long id : candidates) {
        Optional<Job> claimed = jobs.claim(id, clock.instant()) ? read(id) : Optional.empty();
        if (claimed.isPresent()) {
          return claimed.map(this::add);
        }
      }
      candidates = jobs.next(CANDIDATES);
    }
    return Optional.empty();
  }

  private Optional<Job> read(long id) {
    Optional<Job> job = jobs.find(id);
    if (job.isEmpty()) {
      jobs.fail(id, Phrase.of(ReasonCode.JOB_UNREADABLE, id), clock.instant());
    }
    return job;
  }

  private RunningJob add(Job job) {
    RunningJob claimed = new RunningJob(job);
    running.put(job.id(), claimed);
    events.changed(job, JobState.RUNNING);
    return claimed;
  }

  /**
   * Cancels a waiting job at once, asks a running one to stop; false when it is neither.
   *
   * @param owner whether whoever asked for it does so
   */
  boolean cancel(long id, boolean owner) {
    // The running ones first: asking those needs no room on the disk.
    return locked(lock.writeLock(), () -> cancelRunning(id, owner) || cancelWaiting(id, owner));
  }

  private boolean cancelRunning(long id, boolean owner) {
    Optional<RunningJob> claimed = Optional.ofNullable(running.get(id));
    claimed.ifPresent(job -> job.cancelByPerson(owner));
    claimed.flatMap(RunningJob::unwrittenEnd).ifPresent(thrown -> end(claimed.get(), thrown));
    return claimed.isPresent();
  }

  private boolean cancelWaiting(long id, boolean owner) {
    boolean cancelled = jobs.cancelWaiting(id, owner, clock.instant());
    if (cancelled) {
      jobs.find(id).ifPresent(job -> events.changed(job, JobState.CANCELLED));
    }
    return cancelled;
  }

  /**
   * The good end: stores the pictures and marks the job done. From when it leaves {@link #running}
   * it can no longer be cancelled, and whoever tries is told so.
   */
  void done(RunningJob claimed, List<EncodedPicture> pictures, GenerationResult result) {
    Job job = claimed.job();
    locked(
        lock.writeLock(),
        () -> {
          claimed.throwIfCancelledByPerson();
          return running.remove(job.id(), claimed);
        });
    boolean kept = gallery.finish(job, pictures, result.notices(), clock.instant());
    events.changed(job, kept ? JobState.DONE : JobState.CANCELLED);
  }

  /**
   * Every other end, by what was thrown while drawing or storing. When it cannot be written, the
   * job stays here and can still be cancelled, until {@link #writeEnds}.
   */
  void ended(RunningJob claimed, Throwable thrown) {
    locked(
        lock.writeLock(),
        () -> {
          claimed.endedBy(thrown);
          running.put(claimed.job().id(), claimed);
          return end(claimed, thrown);
        });
  }

  /** Writes the ends that could not be written, as when the disk was full. */
  void writeEnds() {
    locked(
        lock.writeLock(),
        () -> {
          List.copyOf(running.values())
              .forEach(job -> job.unwrittenEnd().ifPresent(thrown -> end(job, thrown)));
          return running;
        });
  }

  private JobState end(RunningJob claimed, Throwable thrown) {
    JobState state = writeEnd(claimed, thrown);
    running.remove(claimed.job().id(), claimed);
    events.changed(claimed.job(), state);
    return state;
  }

  private JobState writeEnd(RunningJob claimed, Throwable thrown) {
    long id = claimed.job().id();
    boolean cancelled = thrown instanceof CancelledException;
    if (cancelled || claimed.cancellation().isRequested()) {
      if (!cancelled) { // to the person it is cancelled all the same
        log.warn("Job {} failed after it was told to stop", id, thrown);
      }
      if (claimed.isCancelledByPerson()) {
        jobs.cancelRunning(id, claimed.isCancelledByOwner(), clock.instant());
        return JobState.CANCELLED;
      }
      jobs.requeue(id);
      return JobState.QUEUED;
    }
    jobs.fail(id, reason(id, thrown), clock.instant());
    return JobState.FAILED;
  }

  private static Phrase reason(long id, Throwable thrown) {
    if (thrown instanceof Refusal refusal) {
      log.info("Job {} failed: {}", id, refusal.getMessage(), refusal.getCause());
      return refusal.phrase();
    }
    log.error("Job {} failed", id, thrown);
    String cause =
        thrown instanceof OutOfMemoryError
            ? "there is not enough memory."
            : "an unexpected error (" + thrown.getClass().getSimpleName() + "), see the log.";
    return Phrase.of(ReasonCode.DRAWING_FAILED, cause);
  }

  private static <T> T locked(Lock lock, Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}

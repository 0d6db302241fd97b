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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs that this process draws or stores right now: how one gets in, and every way out.
 *
 * <p>Thread-safe. Claiming and cancelling exclude each other, so that a job is always found either
 * waiting or here.
 */
final class RunningJobs {
  private static final Logger log = LoggerFactory.getLogger(RunningJobs.class);

  /** Several, as another process may take the first ones. */
  private static final int CANDIDATES = 8;

  private final JobDao jobs;
  private final Gallery gallery;
  private final JobEvents events;
  private final InstantSource clock;
  private final Map<Long, RunningJob> running = new HashMap<>();

  RunningJobs(JobDao jobs, Gallery gallery, JobEvents events, InstantSource clock) {
    this.jobs = jobs;
    this.gallery = gallery;
    this.events = events;
    this.clock = clock;
  }

  /** Takes the job that is next; empty when none waits. */
  synchronized Optional<RunningJob> claimNext() {
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

  /** A row that another version wrote fails, and does not stop the queue. */
  private Optional<Job> read(long id) {
    try {
      return jobs.find(id);
    } catch (RuntimeException e) {
      log.error("Job {} cannot be read", id, e);
      jobs.fail(id, Phrase.of(ReasonCode.JOB_UNREADABLE, id), clock.instant());
      return Optional.empty();
    }
  }

  private RunningJob add(Job job) {
    RunningJob claimed = new RunningJob(job);
    running.put(job.id(), claimed);
    events.changed(job, JobState.RUNNING);
    return claimed;
  }

  /** Cancels a waiting job at once, asks a running one to stop; false when it is neither. */
  synchronized boolean cancel(long id) {
    if (jobs.cancelWaiting(id, clock.instant())) {
      jobs.find(id).ifPresent(job -> events.changed(job, JobState.CANCELLED));
      return true;
    }
    RunningJob claimed = running.get(id);
    if (claimed == null) {
      return false;
    }
    claimed.cancelByPerson();
    return true;
  }

  /** The good end: stores the pictures and marks the job done. */
  void done(RunningJob claimed, List<EncodedPicture> pictures, GenerationResult result) {
    claimed.throwIfCancelledByPerson();
    Job job = claimed.job();
    boolean kept = gallery.finish(job, pictures, result.notices(), clock.instant());
    remove(claimed);
    events.changed(job, kept ? JobState.DONE : JobState.CANCELLED);
  }

  /** Every other end, by what was thrown while drawing or storing. */
  void ended(RunningJob claimed, Throwable thrown) {
    try {
      JobState state = end(claimed, thrown);
      events.changed(claimed.job(), state);
    } finally {
      remove(claimed);
    }
  }

  private JobState end(RunningJob claimed, Throwable thrown) {
    long id = claimed.job().id();
    if (thrown instanceof CancelledException) {
      if (claimed.isCancelledByPerson()) {
        jobs.cancelRunning(id, clock.instant());
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

  private synchronized void remove(RunningJob claimed) {
    running.remove(claimed.job().id(), claimed);
  }
}

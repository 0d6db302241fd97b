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
import dev.hyperbrush.store.LeaseDao;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down how claimed jobs end. Whoever has lost the lease writes nothing: the job is another
 * worker's then, or was deleted. Thread-safe.
 */
final class Ends {
  private static final Logger log = LoggerFactory.getLogger(Ends.class);

  /** Not the job's fault, and over when there is room again. */
  private static final Set<ReasonCode> WORTH_ANOTHER_TRY =
      Set.of(ReasonCode.STORAGE_FULL, ReasonCode.STORAGE_NOT_WRITABLE);

  /** As {@link #WORTH_ANOTHER_TRY}, and no other job is drawn before it is over. */
  private static final Set<ReasonCode> UNTIL_IT_WORKS = Set.of(ReasonCode.DATABASE_UNREACHABLE);

  private final JobDao jobs;
  private final LeaseDao leases;
  private final Gallery gallery;
  private final InstantSource clock;

  Ends(JobDao jobs, LeaseDao leases, Gallery gallery, InstantSource clock) {
    this.jobs = jobs;
    this.leases = leases;
    this.gallery = gallery;
    this.clock = clock;
  }

  /** The good end, with its pictures; returns what the job is now, empty when it was deleted. */
  Optional<JobState> done(
      RunningJob claimed, List<EncodedPicture> pictures, GenerationResult result) {
    boolean kept =
        gallery.finish(
            claimed.job(), claimed.leaseOwner(), pictures, result.notices(), clock.instant());
    // Asked to stop from another process, if it is still ours.
    return kept || leases.cancel(claimed.job().id(), claimed.leaseOwner(), false, clock.instant())
        ? state(claimed)
        : lost(claimed);
  }

  /**
   * Every other end, by what was thrown; returns what the job is now, empty when it was deleted.
   */
  Optional<JobState> ended(RunningJob claimed, Throwable thrown) {
    if (claimed.isLost()) {
      return state(claimed);
    }
    return write(claimed, thrown) ? state(claimed) : lost(claimed);
  }

  private boolean write(RunningJob claimed, Throwable thrown) {
    long id = claimed.job().id();
    boolean cancelled = thrown instanceof CancelledException;
    if (cancelled || claimed.cancellation().isRequested()) {
      if (!cancelled) { // to the person it is cancelled all the same
        log.warn("Job {} failed after it was told to stop", id, thrown);
      }
      return claimed.isCancelledByPerson()
          ? leases.cancel(id, claimed.leaseOwner(), claimed.isCancelledByOwner(), clock.instant())
          : leases.requeue(id, claimed.leaseOwner(), 0, clock.instant());
    }
    Phrase reason = reason(id, thrown);
    if (UNTIL_IT_WORKS.contains(reason.code())) {
      return leases.requeue(id, claimed.leaseOwner(), 0, clock.instant());
    }
    return isTriedAgain(claimed.job(), reason)
        ? leases.requeue(id, claimed.leaseOwner(), 1, clock.instant())
        : leases.fail(id, claimed.leaseOwner(), reason, clock.instant());
  }

  private static boolean isTriedAgain(Job job, Phrase reason) {
    return WORTH_ANOTHER_TRY.contains(reason.code()) && job.attempts() + 1 < Tries.MAX;
  }

  /** The lease is not ours any more: stops the job; returns what it is now. */
  Optional<JobState> lost(RunningJob claimed) {
    claimed.lose();
    leases.notDead(claimed.job().id());
    Optional<JobState> now = state(claimed);
    now.ifPresent(state ->
        log.warn("Job {} was taken from this worker; it is {} now", claimed.job().id(), state));
    return now;
  }

  private Optional<JobState> state(RunningJob claimed) {
    return jobs.find(claimed.job().id()).map(Job::state);
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
}

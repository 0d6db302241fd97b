package dev.hyperbrush.queue;

import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.store.ClaimDao;
import dev.hyperbrush.store.ClaimDao.Candidate;
import dev.hyperbrush.store.Database;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobDao;
import dev.hyperbrush.store.Lease;
import dev.hyperbrush.store.LeaseDao;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Takes waiting jobs, in fair order, for workers of this and other processes. Thread-safe. */
public final class Claims {
  /** Several, as another process may take the first ones. */
  static final int CANDIDATES = 8;

  private final ClaimDao claims;
  private final JobDao jobs;
  private final LeaseDao leases;
  private final Duration lease;
  private final InstantSource clock;

  /**
   * Claims from the queue in a database.
   *
   * @param lease how long a claim holds unless it is renewed
   */
  public Claims(Database database, Duration lease, InstantSource clock) {
    this.claims = new ClaimDao(database, new StartTimeFairQueueing());
    this.jobs = new JobDao(database);
    this.leases = new LeaseDao(database);
    this.lease = lease;
    this.clock = clock;
  }

  /** Takes the job that is next; empty when none waits, or the queue is paused. */
  public Optional<Job> next(String owner) {
    return next(owner, ModelAffinity.none());
  }

  /**
   * As {@link #next(String)} again and again, for one worker that has loaded what a request needs
   * and would rather keep that, for as long as a patience.
   */
  public Supplier<Optional<Job>> keeping(
      GenerationRequest loaded, Duration patience, String owner) {
    ModelAffinity affinity = new ModelAffinity(patience, new ModelSwitches());
    affinity.loaded(loaded);
    return () -> next(owner, affinity);
  }

  /** As {@link #next(String)}, for a worker that would rather keep the model that it has. */
  Optional<Job> next(String owner, ModelAffinity affinity) {
    List<Candidate> front = claims.next(affinity.window());
    while (!front.isEmpty()) {
      for (Candidate candidate : affinity.inOrder(front, clock.instant())) {
        if (claim(candidate, front.getFirst().startTag(), owner)) {
          affinity.took(candidate, front, clock.instant());
          Optional<Job> job = read(candidate.id(), owner);
          if (job.isPresent()) {
            return job;
          }
        }
      }
      front = claims.next(affinity.window());
    }
    claims.idle();
    return Optional.empty();
  }

  private boolean claim(Candidate candidate, long present, String owner) {
    Instant now = clock.instant();
    return claims.claim(candidate.id(), present, new Lease(owner, now.plus(lease)), now);
  }

  private Optional<Job> read(long id, String owner) {
    Optional<Job> job = jobs.find(id);
    if (job.isEmpty()) {
      leases.fail(id, owner, Phrase.of(ReasonCode.JOB_UNREADABLE, id), clock.instant());
    }
    return job;
  }

  /** False when the job is not the owner's any more. */
  boolean renew(long id, String owner) {
    return leases.renew(id, new Lease(owner, clock.instant().plus(lease)));
  }
}

package dev.hyperbrush.queue;

import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.store.ClaimDao;
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

/** Takes waiting jobs, in fair order, for workers of this and other processes. Thread-safe. */
public final class Claims {
  /** Several, as another process may take the first ones. */
  private static final int CANDIDATES = 8;

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
    List<Long> candidates = claims.next(CANDIDATES);
    while (!candidates.isEmpty()) {
      for (long id : candidates) {
        Instant now = clock.instant();
        if (claims.claim(id, new Lease(owner, now.plus(lease)), now)) {
          Optional<Job> job = read(id, owner);
          if (job.isPresent()) {
            return job;
          }
        }
      }
      candidates = claims.next(CANDIDATES);
    }
    claims.idle();
    return Optional.empty();
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

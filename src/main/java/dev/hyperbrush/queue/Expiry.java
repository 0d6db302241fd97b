package dev.hyperbrush.queue;

import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobDao;
import dev.hyperbrush.store.JobState;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Ends jobs that have waited too long, for their turn or for a moderator. Thread-safe, on several
 * processes at once.
 */
final class Expiry {
  /** Of one look at the database; more are found by the next one. */
  private static final int BATCH = 100;

  private final JobDao jobs;
  private final JobEvents events;
  private final InstantSource clock;
  private final Duration limit;

  Expiry(JobDao jobs, JobEvents events, InstantSource clock, Duration limit) {
    this.jobs = jobs;
    this.events = events;
    this.clock = clock;
    this.limit = limit;
  }

  /** Costs two looks into an index when nothing has waited too long. */
  void sweep() {
    sweep(JobState.QUEUED);
    sweep(JobState.HELD);
  }

  private void sweep(JobState state) {
    List<Long> expired = jobs.since(state, clock.instant().minus(limit), BATCH);
    expired.forEach(this::end);
    if (expired.size() == BATCH) {
      sweep(state);
    }
  }

  private void end(long id) {
    Phrase reason = Phrase.of(ReasonCode.JOB_EXPIRED, waited(id), id);
    if (jobs.failWaiting(id, reason, clock.instant())) {
      jobs.find(id).ifPresent(job -> events.changed(job, job.state()));
    }
  }

  private Duration waited(long id) {
    return jobs.find(id)
        .map(Job::createdAt)
        .map(since -> Duration.between(since, clock.instant()).truncatedTo(ChronoUnit.MINUTES))
        .orElse(limit);
  }
}

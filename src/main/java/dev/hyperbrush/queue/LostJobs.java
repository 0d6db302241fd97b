package dev.hyperbrush.queue;

import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.store.JobDao;
import dev.hyperbrush.store.LeaseDao;
import dev.hyperbrush.store.LostTry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts back what workers were drawing that are gone. Thread-safe, on several processes at once.
 *
 * <p>A process that died and one that stands still look the same from outside, so the job that the
 * worker had begun last is taken for the cause; a worker that comes back and finds its job gone
 * takes that back. What was drawn already and only waited to be stored did not kill anybody.
 */
final class LostJobs {
  private static final Logger log = LoggerFactory.getLogger(LostJobs.class);

  private final LeaseDao leases;
  private final JobDao jobs;
  private final JobEvents events;
  private final InstantSource clock;

  LostJobs(LeaseDao leases, JobDao jobs, JobEvents events, InstantSource clock) {
    this.leases = leases;
    this.jobs = jobs;
    this.events = events;
    this.clock = clock;
  }

  /** For a database that nobody else has open: whatever runs was left by a process that died. */
  int recoverAll() {
    return recover(_ -> true);
  }

  /**
   * Those whose lease was not renewed in time.
   *
   * @param here numbers of the jobs that this process has in its hands, and knows not to be lost
   */
  int recoverExpired(Set<Long> here) {
    Instant now = clock.instant();
    return recover(lost ->
        !here.contains(lost.jobId())
            && (lost.leaseUntil().isEmpty() || lost.leaseUntil().get().isBefore(now)));
  }

  private int recover(Predicate<LostTry> isLost) {
    List<LostTry> running = leases.running();
    Map<Optional<String>, Instant> lastStart = new HashMap<>();
    running.forEach(
        job -> lastStart.merge(job.owner(), job.startedAt(), (a, b) -> a.isAfter(b) ? a : b));
    int recovered = 0;
    for (LostTry lost : running) {
      boolean suspect = lost.startedAt().equals(lastStart.get(lost.owner()));
      if (isLost.test(lost) && recover(lost, suspect ? 1 : 0)) {
        recovered++;
        jobs.find(lost.jobId()).ifPresent(job -> events.changed(job, job.state()));
      }
    }
    return recovered;
  }

  private boolean recover(LostTry lost, int deaths) {
    Optional<Phrase> verdict = Tries.verdict(lost.attempts() + 1, lost.deaths() + deaths);
    if (verdict.isEmpty()) {
      return leases.putBack(lost, deaths, clock.instant());
    }
    boolean ended = leases.giveUp(lost, verdict.get(), clock.instant());
    if (ended && verdict.get().code() == ReasonCode.JOB_KEEPS_CRASHING) {
      log.error(
          "Job {} is set aside: {} processes died while they drew it, the last was {}",
          lost.jobId(),
          lost.deaths() + deaths,
          lost.owner().orElse("of an older version"));
    } else if (ended) {
      log.warn("Job {} is given up: {}", lost.jobId(), verdict.get().english());
    }
    return ended;
  }
}

package dev.hyperbrush.queue;

import dev.hyperbrush.store.LeaseDao;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to happen to the queue again and again while workers draw: renewing leases, hearing what
 * other processes ask for, putting back what dead ones left, ending what has waited too long.
 *
 * <p>Owned by one thread, which calls {@link #run} every {@link QueueSettings#poll}.
 */
final class Upkeep implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(Upkeep.class);
  private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(1);

  private final JobQueue queue;
  private final RunningJobs running;
  private final LeaseDao leases;
  private final InstantSource clock;
  private final Duration betweenRenewals;
  private Instant nextRenewal = Instant.MIN;
  private Instant nextSweep = Instant.MIN;

  Upkeep(JobQueue queue, LeaseDao leases, InstantSource clock) {
    this.queue = queue;
    this.running = queue.running();
    this.leases = leases;
    this.clock = clock;
    this.betweenRenewals = queue.settings().lease().dividedBy(3);
  }

  /** Never throws: whoever runs it again and again would stop. */
  @Override
  public void run() {
    try {
      Instant now = clock.instant();
      if (!now.isBefore(nextRenewal)) {
        nextRenewal = now.plus(betweenRenewals);
        running.here().forEach(running::renew);
        if (queue.isShared()) {
          queue.lost().recoverExpired(running.numbers());
        }
      }
      if (queue.isShared()) {
        stopUnwanted();
      }
      queue.signal().raise();
      if (!now.isBefore(nextSweep)) {
        nextSweep = now.plus(BETWEEN_SWEEPS);
        queue.expiry().sweep();
      }
    } catch (RuntimeException e) {
      log.warn("The queue could not be looked after now: {}", e.getMessage());
    }
  }

  /** Whatever another process has asked to stop, deleted or taken. */
  private void stopUnwanted() {
    List<RunningJob> here = running.here(); // before the question: a newer job is not in the answer
    if (!here.isEmpty()) {
      List<Long> wanted = leases.wanted(running.process());
      here.stream()
          .map(claimed -> claimed.job().id())
          .filter(id -> !wanted.contains(id))
          .forEach(id -> running.cancel(id, false, () -> false));
    }
  }
}

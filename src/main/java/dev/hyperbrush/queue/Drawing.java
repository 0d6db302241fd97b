package dev.hyperbrush.queue;

import dev.hyperbrush.store.OutlookDao.Running;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The jobs that are being drawn, as they were at a moment, and who draws. Immutable.
 *
 * @param workers at least 1, as one may be about to begin
 */
record Drawing(List<Running> jobs, int workers) {
  /** Nobody draws anything. */
  static final Drawing NONE = new Drawing(List.of(), 1);

  /**
   * What {@code jobs} say of the workers.
   *
   * @param process what the names of the workers of this process begin with
   * @param here workers of this process, whether they draw or not
   */
  static Drawing of(List<Running> jobs, String process, int here) {
    List<String> owners =
        jobs.stream().map(Running::owner).flatMap(Optional::stream).distinct().toList();
    long own = owners.stream().filter(owner -> owner.startsWith(process)).count();
    long workers = owners.size() - own + Math.max(own, here);
    return new Drawing(List.copyOf(jobs), Math.max(1, Math.toIntExact(workers)));
  }

  /** Seconds that one worker still needs for a job. */
  static double secondsLeft(Running job, Speeds speeds, Instant now) {
    double elapsed = Duration.between(job.startedAt(), now).toMillis() / 1000.0;
    return Math.max(0, speeds.seconds(job.cost(), job.model()) - elapsed);
  }

  /**
   * What is to be drawn before the waiting job of a rank begins, in seconds of one worker.
   *
   * @param before of the waiting jobs before it
   */
  double depth(int rank, double before, Speeds speeds, Instant now) {
    if (jobs.size() + rank < workers) {
      return 0;
    }
    double left = jobs.stream().mapToDouble(job -> secondsLeft(job, speeds, now)).sum();
    double usual =
        jobs.stream()
            .mapToDouble(job -> speeds.seconds(job.cost(), job.model()))
            .average()
            .orElse(0);
    // When the job begins, the other workers have half of theirs before them.
    return Math.max(0, left + before - usual * (workers - 1) / 2);
  }
}

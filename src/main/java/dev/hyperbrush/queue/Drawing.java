package dev.hyperbrush.queue;

import dev.hyperbrush.store.OutlookDao.Running;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * The jobs that are being drawn, as they were at a moment, and who draws. Immutable.
 *
 * @param workers at least 1, as one may be about to begin
 */
record Drawing(List<Running> jobs, int workers) {
  /** Nobody draws anything. */
  static final Drawing NONE = new Drawing(List.of(), 1);

  /** Up to here it is found out which worker draws which job; beyond, that comes to the same. */
  private static final int FEW = 100;

  Drawing {
    jobs = List.copyOf(jobs);
  }

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
    return new Drawing(jobs, Math.max(1, Math.toIntExact(workers)));
  }

  /** Seconds that a worker still needs for a job. */
  static double secondsLeft(Running job, Speeds speeds, Instant now) {
    double elapsed = Duration.between(job.startedAt(), now).toMillis() / 1000.0;
    return Math.max(0, speeds.seconds(job.cost(), job.model()) - elapsed);
  }

  /** Seconds until the job of a rank begins, when nobody asks for anything meanwhile. */
  double secondsUntil(int rank, QueueOutlook waiting, Speeds speeds, Instant now) {
    // More jobs than workers: some of them are drawn already, and being stored.
    List<Double> left =
        jobs.stream()
            .map(job -> secondsLeft(job, speeds, now))
            .sorted(Comparator.reverseOrder())
            .limit(workers)
            .toList();
    if (rank <= FEW) {
      return secondsUntil(rank, waiting, left);
    }
    double all = left.stream().mapToDouble(Double::doubleValue).sum();
    double usual = waiting.secondsBefore(waiting.size()) / Math.max(1, waiting.size());
    // When the job begins, the other workers have half of theirs before them.
    double before = all + waiting.secondsBefore(rank) - usual * (workers - 1) / 2;
    return Math.max(0, before) / workers;
  }

  private double secondsUntil(int rank, QueueOutlook waiting, List<Double> left) {
    PriorityQueue<Double> free = new PriorityQueue<>(left);
    for (int idle = left.size(); idle < workers; idle++) {
      free.add(0.0);
    }
    for (int before = 0; before < rank; before++) {
      double own = waiting.secondsBefore(before + 1) - waiting.secondsBefore(before);
      free.add(free.remove() + own);
    }
    return free.element();
  }
}

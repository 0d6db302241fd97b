package dev.hyperbrush.queue;

import java.time.Duration;
import java.time.Instant;

/**
 * How much new work goes in before jobs that wait, measured from where the jobs of the last minutes
 * went in. In a fair queue, whoever has asked for much is overtaken by whoever asks for little, so
 * what is before a job now is not all that will be drawn before it.
 *
 * <p>A job is overtaken by those that start less far ahead of the queue's present than itself. It
 * comes nearer to the present evenly until it begins, so that those which start a third as far
 * ahead as it does now overtake it for two thirds of its time. Thread-safe.
 */
final class Overtaking {
  private static final double MEMORY_SECONDS = Duration.ofMinutes(20).toSeconds();

  /** As if for the time of so many jobs nobody had overtaken: a few prove little. */
  private static final double PRIOR_JOBS = 5;

  /** Even if more comes in than is drawn, that will not go on for ever. */
  private static final double MOST = 0.9;

  /** Bucket i has what starts from 2^(i-1) to 2^i ahead of the present; bucket 0, at it. */
  private static final int BUCKETS = 64;

  /** Seconds of work that went in with jobs behind it, and of time with any there. */
  private final double[] work = new double[BUCKETS];

  private final double[] watched = new double[BUCKETS];
  private Instant last = Instant.MIN;
  private long lastWhole;
  private double usualSeconds;

  /**
   * A job went in.
   *
   * @param ahead how far its start is from the present
   * @param whole how far the last start is
   * @param seconds of drawing it
   * @param count of jobs that it stands for
   */
  synchronized void add(long ahead, long whole, double seconds, long count, Instant now) {
    watch(now);
    if (ahead < whole) {
      work[bucket(ahead)] += seconds * count;
    }
    lastWhole = whole;
    usualSeconds += (seconds - usualSeconds) / 10;
  }

  private void watch(Instant now) {
    double time = last.equals(Instant.MIN) ? 0 : Math.max(0, seconds(last, now));
    double left = Math.exp(-time / MEMORY_SECONDS);
    for (int i = 0; i < BUCKETS; i++) {
      work[i] *= left;
      watched[i] = watched[i] * left + (lastWhole > start(i) ? time : 0);
    }
    last = now;
  }

  /**
   * How many times longer it takes until a job begins than if nobody asked for anything meanwhile.
   *
   * @param ahead how far its start is from the present
   */
  synchronized double factor(long ahead, int workers) {
    double overtakes = 0;
    for (int i = 0; i < BUCKETS && start(i) < ahead; i++) {
      double rate = work[i] / (watched[i] + PRIOR_JOBS * usualSeconds + 1e-9);
      overtakes += rate * (1 - Math.min(1, 1.5 * start(i) / ahead));
    }
    return 1 / (1 - Math.min(overtakes / workers, MOST));
  }

  private static double start(int bucket) {
    return bucket == 0 ? 0 : Math.scalb(1.0, bucket - 1);
  }

  private static int bucket(long ahead) {
    return ahead <= 0 ? 0 : Long.SIZE - Long.numberOfLeadingZeros(ahead);
  }

  private static double seconds(Instant from, Instant until) {
    return Duration.between(from, until).toNanos() / 1e9;
  }
}

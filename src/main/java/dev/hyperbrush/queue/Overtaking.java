package dev.hyperbrush.queue;

import java.time.Duration;
import java.time.Instant;

/**
 * How much new work goes in before a job that waits, measured from where the jobs of the last
 * minutes went in. In a fair queue, whoever has asked for much is overtaken by whoever asks for
 * little, so what is before a job now is not all that will be drawn before it.
 *
 * <p>Depth is what is before a job, in seconds of drawing. At depth {@code x}, work is drawn at the
 * speed of the workers, and comes in before the job at a rate that grows with {@code x}; the job is
 * as near to its turn as the difference brings it. Thread-safe.
 */
final class Overtaking {
  private static final double MEMORY_SECONDS = Duration.ofMinutes(20).toSeconds();

  /** As if nobody had overtaken for so long before the first look: a few jobs prove little. */
  private static final double PRIOR_SECONDS = 60;

  /** Even if more comes in than is drawn, that will not go on for ever. */
  private static final double MOST = 0.9;

  /** Bucket i has the depths from 2^(i-1) to 2^i seconds; bucket 0 those below 1. */
  private static final int BUCKETS = 32;

  /** Seconds of work that went in at a depth with jobs behind it, and of time with any there. */
  private final double[] work = new double[BUCKETS];

  private final double[] watched = new double[BUCKETS];
  private Instant last = Instant.MIN;
  private double lastWhole;

  /**
   * A job went in.
   *
   * @param depth what was before it
   * @param whole depth of the queue
   * @param seconds of drawing it, times the number of jobs that it stands for
   */
  synchronized void add(double depth, double whole, double seconds, Instant now) {
    watch(now);
    if (depth < whole) {
      work[bucket(depth)] += seconds;
    }
    lastWhole = whole;
  }

  private void watch(Instant now) {
    double time = last.equals(Instant.MIN) ? 0 : Math.max(0, seconds(last, now));
    double left = Math.exp(-time / MEMORY_SECONDS);
    for (int i = 0; i < BUCKETS; i++) {
      work[i] *= left;
      watched[i] = watched[i] * left + (lastWhole > lower(i) ? time : 0);
    }
    last = now;
  }

  /** Time until a job that is so deep is drawn, by so many workers. */
  synchronized double secondsUntil(double depth, int workers) {
    double rate = 0;
    double time = 0;
    for (int i = 0; i < BUCKETS && depth > lower(i); i++) {
      double here = work[i] / (watched[i] + PRIOR_SECONDS);
      // What goes in at depths within the bucket is before half of the way through it.
      double speed = workers - Math.min(rate + here / 2, MOST * workers);
      time += (Math.min(depth, lower(i + 1)) - lower(i)) / speed;
      rate += here;
    }
    return time;
  }

  private static double lower(int bucket) {
    return bucket == 0 ? 0 : Math.scalb(1.0, bucket - 1);
  }

  private static int bucket(double depth) {
    return depth < 1 ? 0 : Math.min(BUCKETS - 1, Math.getExponent(depth) + 1);
  }

  private static double seconds(Instant from, Instant until) {
    return Duration.between(from, until).toNanos() / 1e9;
  }
}

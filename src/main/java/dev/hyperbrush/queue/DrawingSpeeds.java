package dev.hyperbrush.queue;

import dev.hyperbrush.store.SpeedDao;
import dev.hyperbrush.store.SpeedDao.Speed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How fast this and other machines draw with each model: all work by all time, where each new job
 * makes the earlier ones count a tenth less. Kept in the database, so that the numbers outlive the
 * process. Thread-safe.
 */
final class DrawingSpeeds {
  private static final double KEEP = 0.9;

  /** What another process has drawn is known after this. */
  private static final Duration FRESH = Duration.ofSeconds(1);

  /** A machine that has drawn nothing for so long, while others have, is likely gone. */
  private static final Duration GONE = Duration.ofDays(1);

  private final SpeedDao speeds;
  private final String machine;
  private final InstantSource clock;
  private volatile Speeds known = new Speeds(Map.of(), Instant.MIN);

  DrawingSpeeds(SpeedDao speeds, String machine, InstantSource clock) {
    this.speeds = speeds;
    this.machine = machine;
    this.clock = clock;
  }

  /**
   * A job was drawn here.
   *
   * @param warm whether the model was there; if not, the time includes loading it, and counts only
   *     when nothing else is known
   */
  void drawn(String model, long cost, Duration took, boolean warm) {
    boolean counts = warm || now().known(cost, model).isEmpty();
    if (counts && took.isPositive()) {
      speeds.add(machine, model, cost, took, KEEP, clock.instant());
      read();
    }
  }

  Speeds now() {
    Speeds now = known;
    return clock.instant().isAfter(now.readAt().plus(FRESH)) ? read() : now;
  }

  private Speeds read() {
    List<Speed> all = speeds.all();
    Instant newest = all.stream().map(Speed::drawnAt).max(Instant::compareTo).orElse(Instant.MAX);
    Map<String, Double> byModel =
        all.stream()
            .filter(speed -> speed.drawnAt().isAfter(newest.minus(GONE)))
            .collect(
                Collectors.groupingBy(
                    Speed::model, Collectors.averagingDouble(Speed::pixelStepsPerSecond)));
    known = new Speeds(byModel, clock.instant());
    return known;
  }
}

package dev.hyperbrush.policy;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * How much one person may ask for in one place. Immutable.
 *
 * @param weight share of the work while others wait too; 2 is drawn twice as much as 1
 * @param maxWaiting jobs of the person that wait or are drawn at the same time
 * @param dailyWork pixel-steps of a day; empty for no limit
 * @param burst requests at once
 * @param refill time after which one more request is possible again
 */
public record Allowances(
    double weight, int maxWaiting, OptionalLong dailyWork, int burst, Duration refill) {
  /** What somebody has for whom nobody decided anything. */
  public static final Allowances STANDARD =
      new Allowances(1, 100, OptionalLong.empty(), 60, Duration.ofSeconds(1));
}

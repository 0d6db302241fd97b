package dev.hyperbrush.policy;

import dev.hyperbrush.generation.ImageSize;
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
  /** Far enough apart for every purpose, and near enough that everybody gets on. */
  public static final double MIN_WEIGHT = 0.01;

  public static final double MAX_WEIGHT = 100;
  public static final int MOST_WAITING = 100_000;

  /** One step of the smallest picture: with less, nothing can be drawn. */
  public static final long LEAST_DAILY_WORK = (long) ImageSize.MIN * ImageSize.MIN;

  public static final long MOST_DAILY_WORK = 1_000_000_000_000_000_000L;
  public static final int MOST_BURST = 10_000;
  public static final Duration SHORTEST_REFILL = Duration.ofMillis(1);
  public static final Duration LONGEST_REFILL = Duration.ofDays(1);

  /** What somebody has for whom nobody decided anything. */
  public static final Allowances STANDARD =
      new Allowances(1, 100, OptionalLong.empty(), 60, Duration.ofSeconds(1));

  public Allowances {
    Range.require("weight", weight, MIN_WEIGHT, MAX_WEIGHT);
    Range.require("maxWaiting", maxWaiting, 1, MOST_WAITING);
    dailyWork.ifPresent(
        work -> Range.require("dailyWork", work, LEAST_DAILY_WORK, MOST_DAILY_WORK));
    Range.require("burst", burst, 1, MOST_BURST);
    Range.require("refill", refill, SHORTEST_REFILL, LONGEST_REFILL);
  }
}

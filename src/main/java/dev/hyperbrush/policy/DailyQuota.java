package dev.hyperbrush.policy;

import dev.hyperbrush.store.Charge;
import dev.hyperbrush.store.PersonUseDao;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.util.OptionalLong;

/** How much work somebody may ask for in a day, and what is left of it. Thread-safe. */
public final class DailyQuota {
  private final PersonUseDao use;
  private final QuotaDay day;
  private final InstantSource clock;

  public DailyQuota(PersonUseDao use, QuotaDay day, InstantSource clock) {
    this.use = use;
    this.day = day;
    this.clock = clock;
  }

  /**
   * A day's quota as it stands.
   *
   * @param limit in pixel-steps
   * @param left of it
   * @param resetsIn until the next day begins
   */
  public record Left(long limit, long left, Duration resetsIn, ZonedDateTime resetsAt) {}

  /** What is left of a limit to somebody who has used part of it. */
  Left left(long limit, long spent) {
    Instant now = clock.instant();
    ZonedDateTime end = day.endAfter(now);
    return new Left(limit, Math.max(0, limit - spent), Duration.between(now, end), end);
  }

  /** What is left of a limit to a person today. */
  public Left today(long personId, long limit) {
    return left(limit, use.spent(personId, day.of(clock.instant())));
  }

  /** What a job that is accepted now counts against. */
  Charge charge(int maxUnfinished, OptionalLong dailyWork) {
    return new Charge(maxUnfinished, day.of(clock.instant()), dailyWork);
  }
}

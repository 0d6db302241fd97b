package dev.hyperbrush.policy;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.Shown;
import dev.hyperbrush.policy.DailyQuota.Left;
import dev.hyperbrush.store.Charge;
import dev.hyperbrush.store.ChargeRefused;
import dev.hyperbrush.store.Database;
import dev.hyperbrush.store.JobDao;
import dev.hyperbrush.store.PersonUseDao;
import dev.hyperbrush.store.Realm;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Whether somebody may ask for something now, or asks for too much, too fast, or of a full queue.
 * Thread-safe.
 *
 * <p>A request takes a token of its person's rate even when another limit refuses it then, as it
 * made the same work; nothing else is used by what is refused. Whoever runs the program has no
 * limit but that of the whole queue, though their use is counted.
 */
public final class Admission {
  private static final int MOST_SERVERS = 10_000;

  private final QueueLimits limits;
  private final RateLimiter rate;
  private final DailyQuota quota;
  private final Forecast forecast;
  private final InstantSource clock;
  private final QuotaDay day;
  private final WaitingCount inAll;
  private final LoadingCache<Realm, WaitingCount> onServer;

  public Admission(
      Database database, OperatorSettings operator, Forecast forecast, InstantSource clock) {
    JobDao jobs = new JobDao(database);
    this.limits = operator.queueLimits();
    this.rate = new RateLimiter(clock);
    this.day = operator.quotaDay();
    this.quota = new DailyQuota(new PersonUseDao(database), day, clock);
    this.forecast = forecast;
    this.clock = clock;
    this.inAll = new WaitingCount(jobs::countWaiting, clock);
    this.onServer =
        Caffeine.newBuilder()
            .maximumSize(MOST_SERVERS)
            .build(server -> new WaitingCount(limit -> jobs.countWaiting(server, limit), clock));
  }

  /**
   * What somebody asks for.
   *
   * @param cost in pixel-steps
   */
  public record Asked(Situation situation, Allowances allowances, long cost) {
    boolean unlimited() {
      return situation.may(Permission.OPERATOR);
    }
  }

  /**
   * Lets something into the queue, if it may go there.
   *
   * @param submit puts it there, within what it is given
   * @throws Refusal when it may not; then nothing is there
   */
  public <T> T admit(Asked asked, Function<Charge, T> submit) {
    if (!asked.unlimited()) {
      takeToken(asked);
    }
    Room all = new Room(inAll, limits.inAll(), ReasonCode.QUEUE_FULL, Realm.EVERYWHERE);
    Realm server = Realm.around(asked.situation().origin());
    if (server.isEverywhere() || asked.unlimited()) {
      return in(all, () -> charged(asked, submit));
    }
    Room own =
        new Room(onServer.get(server), limits.onServer(), ReasonCode.SERVER_QUEUE_FULL, server);
    return in(all, () -> in(own, () -> charged(asked, submit)));
  }

  /** What is left of the daily quota to somebody who has one. */
  public Optional<Left> quota(Situation situation, Allowances allowances) {
    return allowances.dailyWork().isEmpty() || situation.may(Permission.OPERATOR)
        ? Optional.empty()
        : Optional.of(quota.today(situation.personId(), allowances.dailyWork().getAsLong()));
  }

  private void takeToken(Asked asked) {
    Allowances allowances = asked.allowances();
    Duration wait = rate.take(asked.situation().personId(), allowances);
    if (!wait.isZero()) {
      throw new Refusal(
          ReasonCode.RATE_LIMITED,
          allowances.burst(),
          allowances.refill(),
          wait,
          clock.instant().plus(wait).atZone(day.zone()));
    }
  }

  /** A part of the queue that can be full. */
  private record Room(WaitingCount count, int limit, ReasonCode full, Realm realm) {}

  private <T> T in(Room room, Supplier<T> work) {
    if (!room.count().reserve(room.limit())) {
      throw new Refusal(
          room.full(),
          room.count().waiting(),
          room.limit(),
          shown(forecast.untilDrawn(room.realm())));
    }
    boolean used = false;
    try {
      T result = work.get();
      used = true;
      return result;
    } finally {
      room.count().release(used);
    }
  }

  private <T> T charged(Asked asked, Function<Charge, T> submit) {
    Allowances allowances = asked.allowances();
    try {
      return submit.apply(
          asked.unlimited()
              ? quota.charge(Integer.MAX_VALUE, OptionalLong.empty())
              : quota.charge(allowances.maxWaiting(), allowances.dailyWork()));
    } catch (ChargeRefused refused) {
      throw switch (refused.limit()) {
        case UNFINISHED ->
            new Refusal(
                ReasonCode.TOO_MANY_WAITING,
                refused.used(),
                allowances.maxWaiting(),
                shown(forecast.untilDone(asked.situation().personId())));
        case DAILY_WORK -> spent(asked, refused.used());
      };
    }
  }

  private Refusal spent(Asked asked, long used) {
    Left left = quota.left(asked.allowances().dailyWork().orElse(0), used);
    return new Refusal(
        ReasonCode.QUOTA_SPENT,
        Shown.millions(asked.cost(), RoundingMode.UP),
        Shown.millions(left.left(), RoundingMode.DOWN),
        Shown.millions(left.limit(), RoundingMode.DOWN),
        left.resetsIn(),
        left.resetsAt());
  }

  private static String shown(Optional<Duration> estimate) {
    return estimate.map(Duration::toString).orElse("");
  }
}

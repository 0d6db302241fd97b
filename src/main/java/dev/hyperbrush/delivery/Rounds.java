package dev.hyperbrush.delivery;

import dev.hyperbrush.store.Database;
import dev.hyperbrush.store.Delivery;
import dev.hyperbrush.store.DeliveryDao;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the outbox does again and again: claim what is due, as much as each platform may be given,
 * and hand it to the couriers. Rounds are gone by one thread, attempts run on those of the
 * executor.
 */
final class Rounds {
  /** A courier that has not answered after this is left alone. */
  static final Duration ATTEMPT_LIMIT = Duration.ofMinutes(2);

  /** Longer than an attempt: what is not settled then, its process is dead. */
  static final Duration LEASE = Duration.ofMinutes(3);

  /** What piled up while the program was off is tried before it is given up. */
  static final Duration TRIED_FIRST = Duration.ofMinutes(10);

  private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(1);
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
  private static final Logger log = LoggerFactory.getLogger(Rounds.class);

  private final DeliveryDao deliveries;
  private final Ended ended;
  private final Map<String, Courier> couriers;
  private final Map<String, PlatformHealth> health = new HashMap<>();
  private final DeliverySettings settings;
  private final InstantSource clock;
  private final Backoff backoff;
  private final String claimant;
  private final Executor executor;
  private final Runnable afterEach;
  private final Set<Attempt> inFlight = ConcurrentHashMap.newKeySet();

  /** What could not be written down, as when the disk is full. */
  private final Queue<Settlement> unsettled = new ConcurrentLinkedQueue<>();

  private Instant nextSweep;

  /**
   * Rounds for these platforms.
   *
   * @param afterEach runs after every attempt, on its thread
   */
  Rounds(
      Database database,
      Map<String, Courier> couriers,
      DeliverySettings settings,
      InstantSource clock,
      RandomGenerator chance,
      Executor executor,
      Runnable afterEach) {
    this.deliveries = new DeliveryDao(database);
    this.ended = new Ended(database);
    this.couriers = Map.copyOf(couriers);
    this.settings = settings;
    // The database keeps microseconds.
    this.clock = () -> clock.instant().truncatedTo(ChronoUnit.MICROS);
    this.backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT, chance);
    this.claimant = Long.toHexString(chance.nextLong());
    this.executor = executor;
    this.afterEach = afterEach;
    this.nextSweep = clock.instant().plus(TRIED_FIRST);
    couriers
        .keySet()
        .forEach(platform -> health.put(platform, new PlatformHealth(settings.inFlight(), chance)));
  }

  /** Releases what a dead process had claimed; only for who has the database alone. */
  void releaseAll() {
    int released = deliveries.release(clock.instant());
    if (released > 0) {
      log.info("{} posts were under way when the program ended last time", released);
    }
  }

  /** One round. Whatever fails, it is the next one's turn to try again. */
  void go() {
    Instant now = clock.instant();
    inFlight.stream()
        .filter(attempt -> attempt.isOlderThan(now.minus(ATTEMPT_LIMIT)))
        .forEach(late -> end(late, new Outcome.TryAgain("no answer in " + ATTEMPT_LIMIT)));
    settleRest();
    sweep(now);
    couriers.forEach((platform, courier) -> begin(platform, courier, now));
  }

  /** Nothing is begun before all is written down: it could be what has been posted already. */
  private void settleRest() {
    for (Settlement rest = unsettled.peek(); rest != null; rest = unsettled.peek()) {
      write(rest);
      unsettled.remove(rest);
    }
  }

  private void sweep(Instant now) {
    if (!now.isBefore(nextSweep)) {
      nextSweep = now.plus(BETWEEN_SWEEPS);
      int given = deliveries.giveUp(now.minus(settings.giveUpAfter()));
      if (given > 0) {
        log.warn("{} posts were tried for {}, and are not any more", given, settings.giveUpAfter());
      }
    }
  }

  private void begin(String platform, Courier courier, Instant now) {
    PlatformHealth platformHealth = health(platform);
    int room = platformHealth.room(now);
    if (room <= 0) {
      return;
    }
    for (Delivery due : deliveries.due(platform, now, room)) {
      deliveries
          .claim(due, claimant, now, now.plus(LEASE))
          .ifPresent(claimed -> {
            Attempt attempt = new Attempt(claimed, courier, now);
            inFlight.add(attempt);
            platformHealth.begun();
            executor.execute(() -> run(attempt));
          });
    }
  }

  private void run(Attempt attempt) {
    Outcome outcome = new Outcome.TryAgain("the courier broke down");
    try {
      outcome = attempt.run(ended);
    } finally {
      end(attempt, outcome);
    }
  }

  private void end(Attempt attempt, Outcome outcome) {
    if (attempt.end()) {
      Settlement settlement = new Settlement(attempt.delivery(), outcome, clock.instant());
      settle(settlement);
      health(attempt.delivery().platform())
          .ended(attempt.delivery().id(), outcome, settlement.at());
      inFlight.remove(attempt);
      afterEach.run();
    }
  }

  /** What cannot be written now is kept: were it forgotten, it would be posted twice. */
  private void settle(Settlement settlement) {
    try {
      write(settlement);
    } catch (RuntimeException e) {
      log.warn("{} cannot be written down yet: {}", settlement, e.getMessage());
      unsettled.add(settlement);
    }
  }

  private void write(Settlement settlement) {
    settlement.write(deliveries, backoff, settings.giveUpAfter());
  }

  private PlatformHealth health(String platform) {
    return Objects.requireNonNull(health.get(platform), platform);
  }
}

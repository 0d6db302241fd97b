package dev.hyperbrush.delivery;

import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Seed;
import dev.hyperbrush.store.Database;
import dev.hyperbrush.store.Delivery;
import dev.hyperbrush.store.DeliveryDao;
import dev.hyperbrush.store.DeliveryState;
import dev.hyperbrush.store.Destination;
import dev.hyperbrush.store.JobDao;
import dev.hyperbrush.store.NewJob;
import dev.hyperbrush.store.Origin;
import dev.hyperbrush.store.PersonDao;
import dev.hyperbrush.store.Route;
import dev.hyperbrush.store.TestDatabase;
import dev.hyperbrush.store.TestJobs;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executor;

/** The outbox of a real database and a fake platform, gone through by hand on one thread. */
final class OutboxWorld implements AutoCloseable {
  static final String PLATFORM = "fake";

  final Database database;
  final JobDao jobs;
  private final TestJobs work;
  final DeliveryDao deliveries;
  final FakePlatform platform = new FakePlatform();
  final Random chance;
  final List<Long> ended = new ArrayList<>();
  private final long person;
  private Instant now = Instant.parse("2026-08-01T12:00:00Z");
  private DeliverySettings settings = DeliverySettings.standard();
  private Rounds rounds;
  private boolean dead;

  OutboxWorld(TestDatabase kind, Path data, long seed) {
    database = kind.open(data);
    jobs = new JobDao(database);
    work = new TestJobs(database);
    deliveries = new DeliveryDao(database);
    chance = new Random(seed);
    person = new PersonDao(database, () -> now).idOf(PLATFORM, "1", "Anna");
    platform.onCrash(this::crash);
    rounds = newRounds();
  }

  void giveUpAfter(Duration age) {
    settings = new DeliverySettings(age, settings.inFlight());
    rounds = newRounds();
  }

  Rounds newRounds() {
    // What a dead process has claimed and not begun is never begun.
    return newRounds(task -> {
      if (!dead) {
        task.run();
      }
    });
  }

  Rounds newRounds(Executor executor) {
    return new Rounds(
        database, Map.of(PLATFORM, platform), settings, () -> now, chance, executor, () -> {});
  }

  /**
   * The process dies while it posts. What it would still write is void, as the claim is no longer
   * its own.
   */
  private void crash() {
    dead = true;
    deliveries.release(now);
    for (Delivery each : deliveries.due(PLATFORM, now, 1000)) {
      deliveries.claim(each, "the dead", now, now.plus(Rounds.LEASE));
    }
  }

  boolean isDead() {
    return dead;
  }

  /** The process starts again, alone with its database. */
  void restart() {
    dead = false;
    rounds = newRounds();
    rounds.releaseAll();
  }

  /** Another process takes over, after a while. */
  void takeOver() {
    dead = false;
    rounds = newRounds();
    pass(Rounds.LEASE);
  }

  Instant now() {
    return now;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  void round() {
    rounds.go();
  }

  /** Rounds, with time between them, until nothing is due any more. */
  void finish() {
    for (int i = 0; i < 10_000 && ended.stream().anyMatch(this::isOpen); i++) {
      rounds.go();
      pass(Duration.ofSeconds(1));
    }
  }

  private boolean isOpen(long job) {
    return deliveries
        .ofJob(job)
        .filter(
            each -> each.state() == DeliveryState.DUE || each.state() == DeliveryState.WITHDRAWING)
        .isPresent();
  }

  /** A job that was cancelled by somebody else, to be told in these lanes in turn. */
  long end(String... lanes) {
    long job = submit(lanes);
    jobs.cancelWaiting(job, false, now);
    ended.add(job);
    return job;
  }

  long fail(String... lanes) {
    long job = submit(lanes);
    work.claim(job, now);
    work.fail(job, Phrase.of(ReasonCode.DRAWING_FAILED, "why"), now);
    ended.add(job);
    return job;
  }

  long submit(String... lanes) {
    Route route =
        new Route(
            "de",
            List.of(lanes).stream().map(lane -> new Destination(lane, "to " + lane)).toList());
    Origin origin = new Origin(PLATFORM, "channel", Optional.empty());
    return work.insert(NewJob.plain(person, origin, request()).told(route), now);
  }

  DeliveryState state(long job) {
    return deliveries.ofJob(job).orElseThrow().state();
  }

  static GenerationRequest request() {
    return new GenerationRequest(
        "tiny",
        "a red circle",
        "",
        new ImageSize(64, 64),
        4,
        0,
        "TCD",
        0.3,
        new Seed(1),
        1,
        List.of(),
        0);
  }

  @Override
  public void close() {
    database.close();
  }
}

package dev.hyperbrush.delivery;

import dev.hyperbrush.queue.JobEvent;
import dev.hyperbrush.queue.JobEvents;
import dev.hyperbrush.queue.Subscription;
import dev.hyperbrush.queue.WorkSignal;
import dev.hyperbrush.store.Database;
import dev.hyperbrush.store.JobState;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts the end of every job, and takes back what is deleted, until it is done or given up. What
 * the database holds is posted whatever happens to this process: a claim that was not settled is
 * taken up again when its lease ends, with the same nonce. Thread-safe.
 */
public final class Outbox implements AutoCloseable {
  /** What another process has left, or is to be tried again, is looked for after this. */
  private static final Duration BETWEEN_ROUNDS = Duration.ofSeconds(1);

  /** Posts under way when the program stops may take this long to end. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private static final Logger log = LoggerFactory.getLogger(Outbox.class);

  private final WorkSignal signal = new WorkSignal();
  private final ExecutorService attempts = Executors.newVirtualThreadPerTaskExecutor();
  private final Rounds rounds;
  private final Thread thread;
  private final Subscription ends;
  private volatile boolean stopping;

  private Outbox(
      Database database,
      JobEvents events,
      Map<String, Courier> couriers,
      DeliverySettings settings,
      InstantSource clock,
      RandomGenerator chance) {
    rounds = new Rounds(database, couriers, settings, clock, chance, attempts, signal::raise);
    if (database.isExclusive()) {
      rounds.releaseAll();
    }
    ends = events.subscribe(this::happened);
    thread = Thread.ofPlatform().name("outbox").daemon().unstarted(this::run);
  }

  /**
   * Starts posting.
   *
   * @param couriers by the name of their platform
   * @param chance must be safe for use by several threads
   */
  public static Outbox start(
      Database database,
      JobEvents events,
      Map<String, Courier> couriers,
      DeliverySettings settings,
      InstantSource clock,
      RandomGenerator chance) {
    Outbox outbox = new Outbox(database, events, couriers, settings, clock, chance);
    outbox.thread.start();
    return outbox;
  }

  private void happened(JobEvent event) {
    if (event.isDeleted() || event.state().filter(JobState::ended).isPresent()) {
      signal.raise();
    }
  }

  private void run() {
    try {
      while (!stopping) {
        long seen = signal.count();
        round();
        signal.awaitChange(seen, BETWEEN_ROUNDS);
      }
    } catch (InterruptedException e) {
      log.info("Interrupted: nothing more is posted");
    }
  }

  private void round() {
    try {
      rounds.go();
    } catch (RuntimeException e) {
      log.warn("Nothing can be posted now: {}", e.toString());
    }
  }

  /** Begins nothing more and gives what is under way a little time. */
  @Override
  public void close() {
    stopping = true;
    ends.close();
    signal.raise();
    try {
      thread.join();
      attempts.shutdown();
      if (!attempts.awaitTermination(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("Some posts have not ended after {}; they are looked after later", STOP_LIMIT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

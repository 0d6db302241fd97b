package dev.hyperbrush.fakediscord;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** All that there is on this Discord. Whoever reads or changes it holds its lock. */
final class World {
  /** Longer than any wait of a client's that a test provokes. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  final InstantSource clock;
  final Snowflakes ids;
  final FakePerson bot;
  final String token;
  final Map<Long, FakePerson> people = new LinkedHashMap<>();
  final Map<Long, FakeGuild> guilds = new LinkedHashMap<>();
  final Map<Long, FakeChannel> channels = new LinkedHashMap<>();
  final Map<Long, FakeMessage> messages = new LinkedHashMap<>();
  final Map<Long, FakeInteraction> interactions = new LinkedHashMap<>();
  final Map<String, FakeInteraction> tokens = new LinkedHashMap<>();
  final Map<Long, FakeFile> files = new LinkedHashMap<>();
  final List<ObjectNode> commands = new ArrayList<>();
  final List<String> violations = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Optional<Events> events = Optional.empty();
  String address = "";

  World(InstantSource clock, String token) {
    this.clock = clock;
    this.token = token;
    ids = new Snowflakes(clock);
    bot = new FakePerson(this, ids.next(), "hyperbrush");
    people.put(bot.id, bot);
  }

  /** Where what happens is told. */
  interface Events {
    /** To the connection that serves the server of this number; 0 for direct messages. */
    void dispatch(long guild, String type, ObjectNode data);
  }

  void connect(Events gateway) {
    events = Optional.of(gateway);
  }

  void dispatch(long guild, String type, ObjectNode data) {
    events.orElseThrow().dispatch(guild, type, data);
  }

  Instant now() {
    return clock.instant();
  }

  <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      T result = work.get();
      changed.signalAll();
      return result;
    } finally {
      lock.unlock();
    }
  }

  void locked(Runnable work) {
    locked(() -> {
      work.run();
      return true;
    });
  }

  /** Waits until it holds, looking whenever something has changed, and now and then. */
  void await(String what, BooleanSupplier condition) {
    lock.lock();
    try {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!condition.getAsBoolean()) {
        if (System.nanoTime() - end > 0) {
          throw new AssertionError(
              "did not come: "
                  + what
                  + (violations.isEmpty() ? "" : "; violations: " + violations));
        }
        boolean _ = changed.await(50, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + what, e);
    } finally {
      lock.unlock();
    }
  }

  /** Something that a client should know not to do. */
  void violation(String what) {
    locked(() -> violations.add(what));
  }
}

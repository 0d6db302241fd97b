package dev.hyperbrush.chat;

import dev.hyperbrush.command.AdapterParts;
import dev.hyperbrush.command.Commands;
import dev.hyperbrush.command.Parts;
import dev.hyperbrush.delivery.Courier;
import dev.hyperbrush.delivery.DeliverySettings;
import dev.hyperbrush.delivery.Outbox;
import dev.hyperbrush.delivery.ProgressBoard;
import dev.hyperbrush.delivery.ProgressMessages;
import dev.hyperbrush.policy.Allowances;
import dev.hyperbrush.policy.ExampleModels;
import dev.hyperbrush.policy.ExampleSettings;
import dev.hyperbrush.policy.ModerationSettings;
import dev.hyperbrush.policy.OperatorSettings;
import dev.hyperbrush.queue.JobQueue;
import dev.hyperbrush.queue.Worker;
import dev.hyperbrush.store.Database;
import dev.hyperbrush.store.PictureStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;

/**
 * What an adapter lives in: a real database, queue, worker and outbox over a folder, so that
 * closing one and making another is a restart. Only the pictures are not worth looking at.
 */
public final class ChatWorld implements AutoCloseable {
  public final Database database;
  public final PictureStore files;
  public final JobQueue queue;
  public final Commands commands;
  public final AdapterParts parts;
  public final Painter painter = new Painter();
  private final InstantSource clock = Clock.systemUTC();
  private final Deque<AutoCloseable> running = new ArrayDeque<>();

  /** Where nobody is too fast. */
  public ChatWorld(Path data) {
    this(data, allowing(100), ModerationSettings.NONE);
  }

  /** With limits and moderators of one's own. */
  public ChatWorld(Path data, OperatorSettings operator, ModerationSettings moderation) {
    database = Database.open(data);
    files = PictureStore.open(data);
    queue = JobQueue.open(database, files, clock);
    commands =
        new Commands(
            new Parts(
                database,
                files,
                queue,
                ExampleModels.choices(data),
                operator,
                moderation,
                clock,
                new Random(5)));
    parts = new AdapterParts(commands, queue, database, files, clock);
  }

  /** The usual settings, but for how many jobs of one person may wait. */
  public static OperatorSettings allowing(int waiting) {
    return ExampleSettings.with(
        new Allowances(1, waiting, OptionalLong.empty(), 10_000, Duration.ofMillis(1)));
  }

  /** Begins to draw. */
  public void draw() {
    running.push(Worker.start(queue, painter, painter));
  }

  /** Begins to post, and to show how far jobs are. */
  public void post(Map<String, Courier> couriers, Map<String, ProgressBoard> boards) {
    ProgressMessages progress = ProgressMessages.start(queue, database, boards, clock);
    running.push(progress);
    post(progress.before(couriers));
  }

  /** Begins to post. */
  public void post(Map<String, Courier> couriers) {
    running.push(
        Outbox.start(
            database, queue.events(), couriers, DeliverySettings.standard(), clock, new Random(7)));
  }

  /** Closed before the rest, the last first. */
  public <T extends AutoCloseable> T with(T part) {
    running.push(part);
    return part;
  }

  @Override
  public void close() {
    painter.go();
    while (!running.isEmpty()) {
      stop(running.pop());
    }
    database.close();
  }

  private static void stop(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}

package dev.hyperbrush.chat.telegram;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs works on virtual threads, those of one lane one after another in the order they came.
 * Thread-safe.
 */
final class Lanes implements AutoCloseable {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);
  private static final Logger log = LoggerFactory.getLogger(Lanes.class);

  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

  /** Of each lane that is busy, what waits there. */
  private final Map<Long, Queue<Runnable>> waiting = new ConcurrentHashMap<>();

  private volatile boolean closed;

  void execute(long lane, Runnable work) {
    boolean[] idle = new boolean[1];
    waiting.compute(
        lane,
        (_, busy) -> {
          idle[0] = busy == null;
          Queue<Runnable> rest = busy == null ? new ArrayDeque<>() : busy;
          if (busy != null) {
            rest.add(work);
          }
          return rest;
        });
    if (idle[0]) {
      begin(lane, work);
    }
  }

  private void begin(long lane, Runnable work) {
    try {
      executor.execute(() -> run(lane, work));
    } catch (RejectedExecutionException e) {
      log.debug("Closed meanwhile", e);
    }
  }

  private void run(long lane, Runnable first) {
    Runnable work = first;
    while (work != null && !closed) {
      try {
        work.run();
      } catch (RuntimeException | Error bug) {
        log.error("A work failed", bug);
      }
      work = next(lane);
    }
  }

  /** The next work of a lane; none when it is idle from here on. */
  private @Nullable Runnable next(long lane) {
    Runnable[] next = new Runnable[1];
    waiting.computeIfPresent(
        lane,
        (_, rest) -> {
          next[0] = rest.poll();
          return next[0] == null ? null : rest;
        });
    return next[0];
  }

  /** Begins nothing more, and waits a moment for what is under way. */
  @Override
  public void close() {
    closed = true;
    executor.shutdown();
    try {
      if (!executor.awaitTermination(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("Some commands from Telegram are still under way");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package dev.hyperbrush.delivery;

import dev.hyperbrush.queue.JobQueue;
import dev.hyperbrush.queue.Place;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobState;
import dev.hyperbrush.store.Route;
import dev.hyperbrush.store.UnderWayDao;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes edits of messages, each on a thread of its own, not too many at once. Thread-safe. */
final class ProgressEdits {
  /** Of each platform; what finds no room is not shown. */
  private static final int MOST_AT_ONCE = 16;

  private static final Logger log = LoggerFactory.getLogger(ProgressEdits.class);

  private final JobQueue queue;
  private final UnderWayDao underWay;
  private final Map<String, ProgressBoard> boards;
  private final Map<String, Semaphore> room = new HashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  ProgressEdits(JobQueue queue, UnderWayDao underWay, Map<String, ProgressBoard> boards) {
    this.queue = queue;
    this.underWay = underWay;
    this.boards = Map.copyOf(boards);
    boards.keySet().forEach(platform -> room.put(platform, new Semaphore(MOST_AT_ONCE)));
  }

  boolean hasBoard(String platform) {
    return boards.containsKey(platform);
  }

  /**
   * Begins an edit, if there is room for it.
   *
   * @param beginning what to show, if that is worth an edit
   * @param over runs when it is over
   */
  void begin(
      long jobId,
      ProgressMessage message,
      Function<ProgressMessage, Optional<ProgressMessage.Shown>> beginning,
      Runnable over) {
    ProgressBoard board = boards.get(message.platform());
    Semaphore places = room.get(message.platform());
    if (board == null || places == null || !places.tryAcquire()) {
      return;
    }
    Optional<ProgressMessage.Shown> shown = beginning.apply(message);
    if (shown.isEmpty()) {
      places.release();
      return;
    }
    threads.execute(() -> {
      try {
        show(jobId, board, shown.get());
      } finally {
        places.release();
        message.edited();
        over.run();
      }
    });
  }

  private void show(long jobId, ProgressBoard board, ProgressMessage.Shown shown) {
    try {
      Optional<Progress> progress = progress(jobId, shown);
      if (progress.isPresent()) {
        board.show(progress.get());
      }
    } catch (IOException | RuntimeException e) {
      // Its words may hold the key to somebody's conversation.
      log.debug("Job {} is not shown: {}", jobId, e.getClass().getName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Empty for a job that has ended, or of which nothing was posted. */
  private Optional<Progress> progress(long jobId, ProgressMessage.Shown shown) {
    Optional<Route> route = underWay.route(jobId).filter(known -> !known.ladder().isEmpty());
    Optional<Job> job = queue.find(jobId).filter(found -> isStill(found, shown.place()));
    return route.flatMap(known ->
        job.map(found -> new Progress(found, known, shown.place(), shown.step(), shown.steps())));
  }

  private static boolean isStill(Job job, Place place) {
    return job.state() == (place.position() > 0 ? JobState.QUEUED : JobState.RUNNING);
  }

  /** Begins no more, and gives those under way so much time. */
  void close(Duration limit) throws InterruptedException {
    threads.shutdown();
    if (!threads.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      log.warn("Some messages have not been edited after {}", limit);
    }
  }
}

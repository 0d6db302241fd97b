package dev.hyperbrush.delivery;

import dev.hyperbrush.queue.JobEvent;
import dev.hyperbrush.queue.JobQueue;
import dev.hyperbrush.queue.Placed;
import dev.hyperbrush.queue.Subscription;
import dev.hyperbrush.store.Database;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobState;
import dev.hyperbrush.store.UnderWayDao;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows people how far their jobs are, in the messages that will become the pictures. Thread-safe.
 *
 * <p>News of the queue are only noted when they come; once a second it is seen what of them is
 * worth an edit, which runs on a thread of its own. No edit meets the end of its job: {@link
 * #before} keeps the outbox from posting while one is under way, and none begins afterwards, as
 * each looks first whether the job has ended. Where several processes share a database, that holds
 * within each of them.
 */
public final class ProgressMessages implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ProgressMessages.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  /** Who is behind so many others does not want to know how many exactly. */
  private static final int FRONT = 1000;

  /** Jobs of the last start that are taken up again. */
  private static final int MOST_TAKEN_UP = 20_000;

  /** After this the end of a job is told although an edit has not come back. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(1);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  private final JobQueue queue;
  private final UnderWayDao underWay;
  private final ProgressEdits edits;
  private final boolean alone;
  private final InstantSource clock;
  private final Map<Long, ProgressMessage> messages = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("progress").daemon().factory());
  private final Subscription news;

  /** Jobs under way that are shown elsewhere. */
  private final Set<Long> others = ConcurrentHashMap.newKeySet();

  /** Until when a place that has changed may be worth an edit that was too early before. */
  private volatile Instant movedUntil;

  private Instant nextSweep;

  ProgressMessages(
      JobQueue queue, Database database, Map<String, ProgressBoard> boards, InstantSource clock) {
    this.queue = queue;
    this.underWay = new UnderWayDao(database);
    this.edits = new ProgressEdits(queue, underWay, boards);
    this.alone = database.isExclusive();
    this.clock = clock;
    this.movedUntil = clock.instant();
    this.nextSweep = clock.instant().plus(BETWEEN_SWEEPS);
    news = queue.events().subscribe(boards.isEmpty() ? _ -> {} : this::happened);
    underWay.of(boards.keySet(), MOST_TAKEN_UP).forEach(this::takeUp);
  }

  private void takeUp(UnderWayDao.UnderWay job) {
    messages.computeIfAbsent(
        job.jobId(),
        _ -> {
          ProgressMessage message = new ProgressMessage(job.platform(), clock);
          if (job.held()) {
            message.held();
          }
          return message;
        });
  }

  /**
   * Begins to show how far jobs are, also those of an earlier start.
   *
   * @param boards by the name of their platform; jobs of others are not shown
   */
  public static ProgressMessages start(
      JobQueue queue, Database database, Map<String, ProgressBoard> boards, InstantSource clock) {
    ProgressMessages progress = new ProgressMessages(queue, database, boards, clock);
    long between = BETWEEN_LOOKS.toMillis();
    var _ =
        progress.timer.scheduleWithFixedDelay(
            progress::lookSafely, between, between, TimeUnit.MILLISECONDS);
    return progress;
  }

  /** The same couriers, who first let an edit end that is under way. */
  public Map<String, Courier> before(Map<String, Courier> couriers) {
    Map<String, Courier> careful = new HashMap<>();
    couriers.forEach((platform, courier) -> careful.put(platform, new Careful(courier)));
    return careful;
  }

  private final class Careful implements Courier {
    private final Courier courier;

    Careful(Courier courier) {
      this.courier = courier;
    }

    @Override
    public Outcome post(Post post) throws IOException, InterruptedException {
      awaitEnd(post.job().id());
      return courier.post(post);
    }

    @Override
    public Outcome withdraw(Withdrawal withdrawal) throws IOException, InterruptedException {
      awaitEnd(withdrawal.jobId());
      return courier.withdraw(withdrawal);
    }
  }

  private void awaitEnd(long jobId) throws InterruptedException {
    ProgressMessage message = messages.get(jobId);
    if (message != null) {
      if (!message.awaitEnd(PATIENCE)) {
        log.warn("An edit of the message of job {} takes longer than {}", jobId, PATIENCE);
      }
      messages.remove(jobId);
    }
  }

  private void happened(JobEvent event) {
    if (event.state().filter(JobState.RUNNING::equals).isEmpty() || event.step() == 0) {
      movedUntil = clock.instant().plus(ProgressPace.BETWEEN_EDITS).plus(BETWEEN_LOOKS);
    }
    if (event.is(JobState.HELD)) {
      find(event.jobId()).ifPresent(ProgressMessage::held);
    } else if (event.is(JobState.QUEUED)) {
      find(event.jobId()).ifPresent(ProgressMessage::waits);
    } else if (event.is(JobState.RUNNING)) {
      find(event.jobId()).ifPresent(message -> message.draws(event.step(), event.steps()));
    } else {
      ended(event.jobId());
    }
  }

  private Optional<ProgressMessage> find(long jobId) {
    ProgressMessage known = messages.get(jobId);
    if (known != null || others.contains(jobId)) {
      return Optional.ofNullable(known);
    }
    Optional<Job> job = queue.find(jobId);
    if (job.filter(found -> edits.hasBoard(found.origin().platform())).isEmpty()) {
      others.add(jobId);
      return Optional.empty();
    }
    ProgressMessage message = new ProgressMessage(job.get().origin().platform(), clock);
    messages.put(jobId, message);
    return Optional.of(message);
  }

  /** What is being edited stays known until that is over, so that the outbox can wait for it. */
  private void ended(long jobId) {
    others.remove(jobId);
    ProgressMessage message = messages.get(jobId);
    if (message != null && message.end()) {
      messages.remove(jobId, message);
    }
  }

  private void lookSafely() {
    try {
      look();
    } catch (RuntimeException e) {
      log.warn("How far jobs are cannot be shown now: {}", e.getMessage());
    }
  }

  /** Sees which news are worth an edit, and begins those. */
  void look() {
    Instant now = clock.instant();
    if (messages.isEmpty()) {
      return;
    }
    if (!alone && !now.isBefore(nextSweep)) {
      nextSweep = now.plus(BETWEEN_SWEEPS);
      sweep();
    }
    if (!alone || !now.isAfter(movedUntil)) {
      for (Placed waiting : queue.front(FRONT)) {
        edit(waiting.jobId(), message -> message.beginMoved(waiting.place()));
      }
    }
    messages.forEach((jobId, message) -> {
      if (message.isDrawing()) {
        edit(jobId, ProgressMessage::beginDrawn);
      }
    });
  }

  /** Other processes do not tell this one how their jobs end. */
  private void sweep() {
    messages.keySet().stream()
        .filter(jobId -> underWay.route(jobId).isEmpty())
        .toList()
        .forEach(this::ended);
  }

  private void edit(
      long jobId, Function<ProgressMessage, Optional<ProgressMessage.Shown>> beginning) {
    ProgressMessage message = messages.get(jobId);
    if (message != null) {
      edits.begin(jobId, message, beginning, () -> over(jobId, message));
    }
  }

  private void over(long jobId, ProgressMessage message) {
    if (message.isOver()) {
      messages.remove(jobId, message);
    }
  }

  /** Jobs under way that are shown elsewhere. */
  Set<Long> others() {
    return others;
  }

  /** The jobs that are followed. */
  Map<Long, ProgressMessage> messages() {
    return messages;
  }

  /** Begins no more edits and gives those under way a little time. */
  @Override
  public void close() {
    news.close();
    timer.shutdown();
    try {
      if (!timer.awaitTermination(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("How far jobs are is still being looked at after {}", STOP_LIMIT);
      }
      edits.close(STOP_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package dev.hyperbrush.queue;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hyperbrush.policy.Forecast;
import dev.hyperbrush.scheduler.PixelSteps;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.OutlookDao;
import dev.hyperbrush.store.OutlookDao.Running;
import dev.hyperbrush.store.Realm;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who waits for how many others, and for how long. Thread-safe.
 *
 * <p>A short queue is looked at whenever somebody asks. A longer one at most once a second, and one
 * that takes long to read less often, in the background: reading it takes a tenth of the time of
 * one thread at most, however long it is, and nobody waits for that.
 */
final class WaitEstimate implements Forecast {
  private static final Logger log = LoggerFactory.getLogger(WaitEstimate.class);

  /** Up to here a queue is short. */
  static final int SHORT = 100;

  /** Up to here it takes a few milliseconds to read, for which one can wait. */
  private static final int QUICK = 2000;

  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final int READING_SHARE = 10;

  /** Beyond, the numbers of jobs do not say any more how many others were accepted. */
  private static final long MOST_AT_ONCE = 100;

  private final OutlookDao jobs;
  private final DrawingSpeeds speeds;
  private final SwitchCost switchCost;
  private final InstantSource clock;
  private final Executor background;
  private final String process;
  private final Overtaking overtaking = new Overtaking();
  private final AtomicInteger workersHere = new AtomicInteger();
  private final AtomicLong newest = new AtomicLong();

  /** Tags of jobs accepted here a moment ago, for the answer to whoever asked. */
  private final Cache<Long, Long> tags =
      Caffeine.newBuilder().maximumSize(1000).expireAfterWrite(Duration.ofSeconds(5)).build();

  private final ReentrantLock reading = new ReentrantLock();
  private final AtomicLong readings = new AtomicLong();
  private volatile View view = View.NOTHING;

  /**
   * An estimate of which nothing is known yet.
   *
   * @param switchCost what changing the model adds
   * @param background where a long queue is read
   * @param process what the names of the workers of this process begin with
   */
  WaitEstimate(
      OutlookDao jobs,
      DrawingSpeeds speeds,
      SwitchCost switchCost,
      InstantSource clock,
      Executor background,
      String process) {
    this.jobs = jobs;
    this.speeds = speeds;
    this.switchCost = switchCost;
    this.clock = clock;
    this.background = background;
    this.process = process;
  }

  /**
   * What was read at once.
   *
   * @param present start tag of what is being drawn
   * @param number of the reading
   * @param next when to read again
   */
  private record View(
      QueueOutlook waiting,
      long present,
      Drawing drawing,
      Speeds speeds,
      long number,
      Instant next) {
    static final View NOTHING =
        new View(
            QueueOutlook.EMPTY, 0, Drawing.NONE, new Speeds(Map.of(), Instant.MIN), 0, Instant.MIN);

    OptionalDouble seconds(Job job) {
      return speeds.known(PixelSteps.of(job.request()), job.request().model());
    }

    boolean isShort() {
      return waiting.size() <= SHORT;
    }
  }

  /** A worker of this process begins; one ends with -1. */
  void addWorkers(int count) {
    workersHere.addAndGet(count);
  }

  /** How many jobs wait. */
  int waiting() {
    return fresh().waiting().size();
  }

  /** Where a job is; {@link Place#NONE} when it does not wait any more. */
  Place place(Job job) {
    View now = fresh();
    if (now.isShort()) {
      int rank = now.waiting().find(job.id());
      return rank < 0 ? Place.NONE : place(now, now.waiting().tag(rank), rank, now.seconds(job));
    }
    OptionalLong tag = tag(job.id());
    return tag.isEmpty()
        ? Place.NONE
        : place(
            now, tag.getAsLong(), now.waiting().rank(tag.getAsLong(), job.id()), now.seconds(job));
  }

  private OptionalLong tag(long id) {
    Long accepted = tags.getIfPresent(id);
    return accepted == null ? jobs.startTag(id) : OptionalLong.of(accepted);
  }

  /** The first jobs of the queue. */
  List<Placed> front(int limit) {
    View now = fresh();
    QueueOutlook queue = now.waiting();
    List<Placed> front = new ArrayList<>();
    for (int rank = 0; rank < Math.min(limit, queue.size()); rank++) {
      double own = queue.secondsBefore(rank + 1) - queue.secondsBefore(rank);
      OptionalDouble seconds = own > 0 ? OptionalDouble.of(own) : OptionalDouble.empty();
      front.add(new Placed(queue.id(rank), place(now, queue.tag(rank), rank, seconds)));
    }
    return front;
  }

  /** A job was accepted here, with this place in the order. */
  void accepted(Job job, long startTag) {
    tags.put(job.id(), startTag);
    try {
      measure(job, startTag);
    } catch (RuntimeException e) { // the job is accepted all the same
      log.warn("Where jobs go in cannot be measured now: {}", e.getMessage());
    }
  }

  private void measure(Job job, long startTag) {
    Instant now = clock.instant();
    View seen = now.isBefore(view.next()) ? view : fresh();
    QueueOutlook queue = seen.waiting();
    overtaking.add(
        startTag - seen.present(),
        queue.tag(queue.size()) - seen.present(),
        seen.speeds().seconds(PixelSteps.of(job.request()), job.request().model()),
        standsFor(job.id()),
        now);
  }

  /** Jobs that other processes accept show in the numbers that are left out here. */
  private long standsFor(long id) {
    long before = newest.getAndAccumulate(id, Math::max);
    return before == 0 ? 1 : Math.clamp(id - before, 1, MOST_AT_ONCE);
  }

  private Place place(View now, long tag, int rank, OptionalDouble ownSeconds) {
    return new Place(
        rank + 1,
        ownSeconds.isEmpty()
            ? Optional.empty()
            : Optional.of(duration(untilBegun(now, tag, rank) + ownSeconds.getAsDouble())));
  }

  private double untilBegun(View now, long tag, int rank) {
    Drawing drawing = now.drawing();
    return drawing.secondsUntil(rank, now.waiting(), now.speeds(), clock.instant())
        * overtaking.factor(tag - now.present(), drawing.workers());
  }

  private static Duration duration(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }

  @Override
  public Optional<Duration> untilDone(long personId) {
    View now = fresh();
    Stream<Duration> running =
        now.drawing().jobs().stream()
            .filter(job -> job.personId() == personId && now.speeds().isKnown())
            .map(job -> duration(Drawing.secondsLeft(job, now.speeds(), clock.instant())));
    Stream<Duration> waiting =
        jobs.next(personId).map(this::place).flatMap(Place::readyIn).stream();
    return Stream.concat(running, waiting).min(Duration::compareTo);
  }

  @Override
  public Optional<Duration> untilDrawn(Realm server) {
    View now = fresh();
    if (server.isEverywhere()) {
      return now.speeds().isKnown()
          ? Optional.of(duration(untilBegun(now, now.present(), 0)))
          : Optional.empty();
    }
    return jobs.next(server)
        .flatMap(job ->
            place(job).readyIn().map(time -> time.minus(duration(now.seconds(job).orElse(0)))));
  }

  /** What there is, as new as it has to be. */
  private View fresh() {
    long begun = readings.get();
    View now = view;
    if (!now.isShort() && clock.instant().isBefore(now.next())) {
      return now;
    }
    if (now.waiting().size() <= QUICK) {
      readUnlessSince(begun);
    } else if (!reading.isLocked()) {
      background.execute(this::readAlone);
    }
    return view;
  }

  /** Of several who ask at once, one reads for all who asked before it began. */
  private void readUnlessSince(long begun) {
    reading.lock();
    try {
      if (view.number() <= begun) {
        read();
      }
    } finally {
      reading.unlock();
    }
  }

  private void readAlone() {
    if (!reading.tryLock()) {
      return;
    }
    try {
      if (!clock.instant().isBefore(view.next())) {
        read();
      }
    } catch (RuntimeException e) {
      log.warn("The length of the queue cannot be read now: {}", e.getMessage());
    } finally {
      reading.unlock();
    }
  }

  private void read() {
    long number = readings.incrementAndGet();
    Instant begin = clock.instant();
    Speeds now = speeds.now();
    List<Running> running = jobs.running();
    SwitchCost.Count changes = switchCost.count(running.stream().map(Running::model).toList());
    QueueOutlook.Builder builder =
        new QueueOutlook.Builder((cost, model) -> changes.with(now.seconds(cost, model), model));
    jobs.waiting(builder);
    Drawing drawing = Drawing.of(running, process, workersHere.get());
    Duration took = Duration.between(begin, clock.instant()).multipliedBy(READING_SHARE);
    Instant next = begin.plus(took.compareTo(FRESH) < 0 ? FRESH : took);
    view = new View(builder.build(), jobs.present(), drawing, now, number, next);
  }
}

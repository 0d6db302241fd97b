package dev.hyperbrush.queue;

import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.GenerationResult;
import dev.hyperbrush.generation.ImageGenerator;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.scheduler.PixelSteps;
import dev.hyperbrush.store.Job;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Draws the jobs of the queue, one after the other, on one thread that owns the generator and
 * closes it: whatever the generator holds must not go while it draws.
 *
 * <p>{@link #close} is for any thread. Whatever a job throws, the next one is drawn.
 */
public final class Worker implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Worker.class);

  /** When the disk is full or the database fails, a job is looked for again after this. */
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

  private static final Duration FOR_EVER = Duration.ofDays(1000);

  private static final AtomicInteger COUNT = new AtomicInteger();

  /** A generator that does not stop in this time is left alone; its job is drawn again later. */
  private static final Duration STOP_LIMIT = Duration.ofMinutes(1);

  private final ImageGenerator generator;
  private final PictureEncoder encoder;
  private final RunningJobs running;
  private final JobEvents events;
  private final WorkSignal signal;
  private final Finishing finishing;
  private final DrawingSpeeds speeds;
  private final ModelSwitches switches;
  private final ModelAffinity affinity;
  private final SpareDrawing spare;
  private final WaitEstimate estimate;
  private final InstantSource clock;
  private final QueueSettings settings;
  private final Duration stopLimit;
  private final String name = "worker-" + COUNT.incrementAndGet();
  private final Thread thread;
  private final Upkeep upkeep;
  private final ScheduledExecutorService again =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name(name + "-upkeep").daemon().factory());

  /** No more jobs are begun. */
  private volatile boolean stopping;

  /** The job being drawn has to go back. */
  private volatile boolean givingBack;

  private volatile @Nullable RunningJob drawing;

  /** Of the job drawn before; used by the drawing thread alone. */
  private @Nullable String modelBefore;

  private Worker(
      JobQueue queue,
      ImageGenerator generator,
      PictureEncoder encoder,
      SpareTime spare,
      Duration stopLimit) {
    this.spare = new SpareDrawing(spare, queue, generator, () -> stopping);
    this.generator = generator;
    this.encoder = encoder;
    this.running = queue.running();
    this.events = queue.events();
    this.signal = queue.signal();
    this.finishing = new Finishing(running, encoder, signal);
    this.settings = queue.settings();
    this.speeds = queue.speeds();
    this.switches = queue.switches();
    this.affinity = new ModelAffinity(settings.modelPatience(), switches);
    this.estimate = queue.estimate();
    this.clock = queue.clock();
    this.upkeep = queue.upkeep();
    this.stopLimit = stopLimit;
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
  }

  /** Starts drawing. The worker takes over the generator, and closes it at its end. */
  public static Worker start(JobQueue queue, ImageGenerator generator, PictureEncoder encoder) {
    return start(queue, generator, encoder, SpareTime.NONE);
  }

  /** As the shorter one, with something to draw while nobody wants anything. */
  public static Worker start(
      JobQueue queue, ImageGenerator generator, PictureEncoder encoder, SpareTime spare) {
    return start(new Worker(queue, generator, encoder, spare, STOP_LIMIT));
  }

  static Worker start(
      JobQueue queue, ImageGenerator generator, PictureEncoder encoder, Duration stopLimit) {
    return start(new Worker(queue, generator, encoder, SpareTime.NONE, stopLimit));
  }

  private static Worker start(Worker worker) {
    worker.start();
    return worker;
  }

  private void start() {
    long millis = settings.poll().toMillis();
    var _ = again.scheduleWithFixedDelay(upkeep, millis, millis, TimeUnit.MILLISECONDS);
    thread.start();
  }

  private void run() {
    estimate.addWorkers(1);
    try {
      while (!stopping) {
        long seen = signal.count();
        signal.awaitChange(seen, workOnce());
      }
    } catch (InterruptedException e) {
      log.info("Interrupted: no more jobs are drawn");
    } finally {
      estimate.addWorkers(-1);
      generator.close();
    }
  }

  /** Draws the next job; returns how long to wait for a new one before trying again. */
  private Duration workOnce() {
    try {
      running.writeEnds();
      Optional<RunningJob> next = running.claimNext(name, affinity);
      next.ifPresentOrElse(this::draw, this::idle);
      return next.isPresent() ? Duration.ZERO : FOR_EVER;
    } catch (Refusal refusal) {
      log.warn("No job is drawn now: {}", refusal.getMessage());
      return AFTER_FAILURE;
    } catch (Throwable e) {
      log.error("No job is drawn now", e);
      return AFTER_FAILURE;
    }
  }

  private void idle() {
    spare
        .idle(Optional.ofNullable(modelBefore))
        .ifPresent(request -> {
          modelBefore = request.model();
          affinity.loaded(request);
        });
  }

  private void draw(RunningJob claimed) {
    drawing = claimed;
    try {
      if (givingBack) { // close() may have looked for the job before it was here
        claimed.cancellation().request();
      }
      Instant begun = clock.instant();
      finishing.add(claimed, generate(claimed));
      measured(claimed.job(), Duration.between(begun, clock.instant()));
    } catch (Throwable thrown) {
      running.ended(claimed, thrown);
    } finally {
      spare.busy();
      drawing = null;
    }
  }

  /** A picture is not lost for the want of a number. */
  private void measured(Job job, Duration took) {
    String model = job.request().model();
    boolean warm = model.equals(modelBefore);
    modelBefore = model;
    affinity.loaded(job.request());
    try {
      if (!warm) {
        loaded(job.request(), took);
      }
      speeds.drawn(model, PixelSteps.of(job.request()), took, warm);
    } catch (RuntimeException e) {
      log.warn("How fast {} draws cannot be noted now: {}", model, e.getMessage());
    }
  }

  /** What it took beyond the drawing; nothing is known of a model that was never drawn with. */
  private void loaded(GenerationRequest request, Duration took) {
    OptionalDouble drawing = speeds.now().known(PixelSteps.of(request), request.model());
    if (drawing.isPresent()) {
      switches.add(took.minus(Duration.ofMillis(Math.round(drawing.getAsDouble() * 1000))));
    }
  }

  private GenerationResult generate(RunningJob claimed) {
    Job job = claimed.job();
    if (job.attempts() > 0) {
      // It may be what killed the process: no other job is to be unfinished if it does so again.
      finishing.awaitIdle();
    }
    return generator.generate(
        job.request(),
        progress -> events.progressed(job, progress, encoder::encodePreview),
        claimed.cancellation());
  }

  /**
   * Stops in order: the job being drawn is finished, or goes back to the queue when that takes too
   * long; what is drawn is stored. Returns when that has happened.
   */
  @Override
  public void close() {
    stopping = true;
    signal.raise();
    try {
      if (!thread.join(settings.stopWithin())) {
        giveBack();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    finishing.close();
    again.close();
  }

  private void giveBack() throws InterruptedException {
    givingBack = true;
    RunningJob claimed = drawing;
    if (claimed != null) {
      claimed.cancellation().request();
    }
    if (!thread.join(stopLimit)) {
      log.warn("The drawing has not stopped after {}; leaving it alone", stopLimit);
    }
  }
}

package dev.hyperbrush.queue;

import dev.hyperbrush.generation.GenerationResult;
import dev.hyperbrush.generation.ImageGenerator;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.store.Job;
import java.time.Duration;
import java.util.Optional;
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

  /** A generator that does not stop in this time is left alone; its job is drawn again later. */
  private static final Duration STOP_LIMIT = Duration.ofMinutes(1);

  private final ImageGenerator generator;
  private final PictureEncoder encoder;
  private final RunningJobs running;
  private final JobEvents events;
  private final WorkSignal signal;
  private final Finishing finishing;
  private final Duration stopLimit;
  private final Thread thread;
  private volatile boolean stopping;
  private volatile @Nullable RunningJob drawing;

  private Worker(
      JobQueue queue, ImageGenerator generator, PictureEncoder encoder, Duration stopLimit) {
    this.generator = generator;
    this.encoder = encoder;
    this.running = queue.running();
    this.events = queue.events();
    this.signal = queue.signal();
    this.finishing = new Finishing(running, encoder, signal);
    this.stopLimit = stopLimit;
    this.thread = Thread.ofPlatform().name("worker").daemon().unstarted(this::run);
  }

  /** Starts drawing. The worker takes over the generator, and closes it at its end. */
  public static Worker start(JobQueue queue, ImageGenerator generator, PictureEncoder encoder) {
    return start(queue, generator, encoder, STOP_LIMIT);
  }

  static Worker start(
      JobQueue queue, ImageGenerator generator, PictureEncoder encoder, Duration stopLimit) {
    Worker worker = new Worker(queue, generator, encoder, stopLimit);
    worker.thread.start();
    return worker;
  }

  private void run() {
    try {
      while (!stopping) {
        long seen = signal.count();
        signal.awaitChange(seen, workOnce());
      }
    } catch (InterruptedException e) {
      log.info("Interrupted: no more jobs are drawn");
    } finally {
      generator.close();
    }
  }

  /** Draws the next job; returns how long to wait for a new one before trying again. */
  private Duration workOnce() {
    try {
      running.writeEnds();
      Optional<RunningJob> next = running.claimNext();
      next.ifPresent(this::draw);
      return next.isPresent() ? Duration.ZERO : FOR_EVER;
    } catch (Refusal refusal) {
      log.warn("No job is drawn now: {}", refusal.getMessage());
      return AFTER_FAILURE;
    } catch (Throwable e) {
      log.error("No job is drawn now", e);
      return AFTER_FAILURE;
    }
  }

  private void draw(RunningJob claimed) {
    drawing = claimed;
    try {
      if (stopping) { // close() may have looked for the job before it was here
        claimed.cancellation().request();
      }
      finishing.add(claimed, generate(claimed));
    } catch (Throwable thrown) {
      running.ended(claimed, thrown);
    } finally {
      drawing = null;
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
   * Stops in order: the job being drawn goes back to the queue, what is drawn is stored. Returns
   * when that has happened.
   */
  @Override
  public void close() {
    stopping = true;
    signal.raise();
    RunningJob claimed = drawing;
    if (claimed != null) {
      claimed.cancellation().request();
    }
    try {
      if (!thread.join(stopLimit)) {
        log.warn("The drawing has not stopped after {}; leaving it alone", stopLimit);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    finishing.close();
  }
}

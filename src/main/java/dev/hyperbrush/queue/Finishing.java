package dev.hyperbrush.queue;

import dev.hyperbrush.generation.CancelledException;
import dev.hyperbrush.generation.GenerationResult;
import dev.hyperbrush.generation.RgbImage;
import dev.hyperbrush.store.EncodedPicture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Encodes and stores drawn pictures on a thread of its own, so that the next job is drawn
 * meanwhile. Thread-safe.
 */
final class Finishing implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Finishing.class);

  /** Drawing waits when as many jobs are not stored yet: a slow disk must not fill the memory. */
  private static final int MAX_UNSTORED = 2;

  private final RunningJobs running;
  private final PictureEncoder encoder;
  private final WorkSignal signal;
  private final Semaphore room = new Semaphore(MAX_UNSTORED);
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("finishing").factory());

  Finishing(RunningJobs running, PictureEncoder encoder, WorkSignal signal) {
    this.running = running;
    this.encoder = encoder;
    this.signal = signal;
  }

  /**
   * Takes over a drawn job; waits while there is no room.
   *
   * @throws CancelledException when it is closed: the picture comes too late to be stored
   */
  void add(RunningJob drawn, GenerationResult result) {
    room.acquireUninterruptibly();
    try {
      thread.execute(() -> {
        try {
          finish(drawn, result);
        } finally {
          room.release();
        }
      });
    } catch (RejectedExecutionException closed) {
      room.release();
      throw new CancelledException();
    }
  }

  /** Waits until all that was added has ended. */
  void awaitIdle() {
    room.acquireUninterruptibly(MAX_UNSTORED);
    room.release(MAX_UNSTORED);
  }

  private void finish(RunningJob drawn, GenerationResult result) {
    try {
      running.done(drawn, encode(drawn, result.images()), result);
    } catch (Throwable thrown) {
      end(drawn, thrown);
    }
  }

  private List<EncodedPicture> encode(RunningJob drawn, List<RgbImage> images) {
    List<EncodedPicture> pictures = new ArrayList<>();
    for (RgbImage image : images) {
      drawn.throwIfCancelledByPerson();
      pictures.add(encoder.encode(image, drawn.job(), pictures.size()));
    }
    return pictures;
  }

  /** Where even the failure cannot be written, the worker is told to do so as soon as it can. */
  private void end(RunningJob drawn, Throwable thrown) {
    try {
      running.ended(drawn, thrown);
    } catch (RuntimeException e) {
      log.warn("The end of job {} cannot be written yet: {}", drawn.job().id(), e.getMessage());
      signal.raise();
    }
  }

  /** Waits until all that was added is stored. */
  @Override
  public void close() {
    thread.close();
  }
}

package dev.hyperbrush.queue;

import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.CancelledException;
import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.ImageGenerator;
import dev.hyperbrush.store.QueueMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Uses a worker's time while nobody wants anything. Owned by the worker's thread. */
final class SpareDrawing {
  private static final Logger log = LoggerFactory.getLogger(SpareDrawing.class);

  /** When there was nothing to draw. */
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(20);

  private static final Duration LONG = Duration.ofDays(1000);

  private final SpareTime spare;
  private final JobQueue queue;
  private final ImageGenerator generator;
  private final BooleanSupplier stopping;
  private Instant idleSince;
  private Instant nextLook = Instant.MIN;

  SpareDrawing(
      SpareTime spare, JobQueue queue, ImageGenerator generator, BooleanSupplier stopping) {
    this.spare = spare;
    this.queue = queue;
    this.generator = generator;
    this.stopping = stopping;
    this.idleSince = queue.clock().instant();
  }

  /** Somebody has wanted something. */
  void busy() {
    idleSince = queue.clock().instant();
  }

  /**
   * Nobody wants anything just now. Draws what there may be.
   *
   * @param loaded the model that was drawn with last
   * @return what a model was loaded for
   */
  Optional<GenerationRequest> idle(Optional<String> loaded) {
    Instant now = queue.clock().instant();
    boolean early = now.isBefore(idleSince.plus(spare.after())) || now.isBefore(nextLook);
    if (early || queue.mode() != QueueMode.OPEN || isWanted()) {
      return Optional.empty();
    }
    Optional<GenerationRequest> request = spare.next(loaded, Duration.between(idleSince, now));
    nextLook = request.isPresent() ? now : now.plus(BETWEEN_LOOKS);
    return request.filter(this::draw);
  }

  /** False when it failed. */
  private boolean draw(GenerationRequest request) {
    Cancellation cancellation = new Cancellation();
    AtomicBoolean over = new AtomicBoolean();
    Thread watch = Thread.ofVirtual().start(() -> stopWhenWanted(cancellation, over::get));
    try {
      spare.drawn(request, generator.generate(request, _ -> {}, cancellation));
      return true;
    } catch (CancelledException forAJob) {
      log.debug("{} is drawn later, as somebody wants something", request.model());
      return true;
    } catch (RuntimeException | Error e) { // whatever it is, it would be the same again
      spare.failed(request, e);
      return false;
    } finally {
      over.set(true);
      end(watch);
    }
  }

  /** Never interrupts it: H2 closes a file when a thread that reads from it is interrupted. */
  private void end(Thread watch) {
    queue.signal().raise();
    try {
      watch.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void stopWhenWanted(Cancellation cancellation, BooleanSupplier over) {
    try {
      long seen = queue.signal().count();
      while (!over.getAsBoolean() && !isWanted()) {
        queue.signal().awaitChange(seen, LONG);
        seen = queue.signal().count();
      }
      cancellation.request(); // of something that is over, nothing
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts it", e);
    }
  }

  private boolean isWanted() {
    try {
      return stopping.getAsBoolean() || queue.hasWaiting();
    } catch (RuntimeException e) { // a database that fails: better nothing is drawn beside it
      return true;
    }
  }
}

package dev.hyperbrush.queue;

import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.CancelledException;
import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.ImageGenerator;
import dev.hyperbrush.store.QueueMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
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

  /** Nobody wants anything just now. Draws what there may be; the model that was loaded for it. */
  Optional<GenerationRequest> idle() {
    Instant now = queue.clock().instant();
    boolean early = now.isBefore(idleSince.plus(spare.after())) || now.isBefore(nextLook);
    if (early || queue.mode() != QueueMode.OPEN || isWanted()) {
      return Optional.empty();
    }
    Optional<GenerationRequest> request = spare.next();
    nextLook = request.isPresent() ? now : now.plus(BETWEEN_LOOKS);
    request.ifPresent(this::draw);
    return request;
  }

  private void draw(GenerationRequest request) {
    Cancellation cancellation = new Cancellation();
    Thread watch = Thread.ofVirtual().start(() -> stopWhenWanted(cancellation));
    try {
      spare.drawn(request, generator.generate(request, _ -> {}, cancellation));
    } catch (CancelledException forAJob) {
      log.debug("{} is drawn later, as somebody wants something", request.model());
    } catch (RuntimeException | OutOfMemoryError e) {
      spare.failed(request, e);
    } finally {
      watch.interrupt();
    }
  }

  private void stopWhenWanted(Cancellation cancellation) {
    try {
      long seen = queue.signal().count();
      while (!isWanted()) {
        queue.signal().awaitChange(seen, LONG);
        seen = queue.signal().count();
      }
      cancellation.request();
    } catch (InterruptedException e) {
      log.trace("Drawn before anybody came");
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

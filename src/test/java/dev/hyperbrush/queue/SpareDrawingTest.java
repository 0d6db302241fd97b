package dev.hyperbrush.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hyperbrush.TestClock;
import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.CancelledException;
import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.GenerationResult;
import dev.hyperbrush.generation.ImageGenerator;
import dev.hyperbrush.generation.ProgressListener;
import dev.hyperbrush.generation.RgbImage;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobState;
import dev.hyperbrush.store.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker that has something to draw while nobody wants anything. */
final class SpareDrawingTest {
  @TempDir private Path data;
  private OpenQueue open;
  private final Spare spare = new Spare();
  private final Patient generator = new Patient();

  @BeforeEach
  void open() {
    open = new OpenQueue(data);
  }

  @AfterEach
  void close() {
    open.close();
  }

  @Test
  void itIsBrokenOffForAJobAndDrawnLater() throws Exception {
    try (Worker worker = work()) {
      generator.begun.await();
      generator.patient = false;
      Job job = open.submit(1);
      open.awaitState(job.id(), JobState.DONE);
      await().until(() -> spare.drawn.get() == 1);
      assertThat(generator.done).containsExactly("broken off", "a red circle", "the style");
      assertThat(spare.failed).hasValue(0);
      assertThat(worker).isNotNull();
    }
    assertThat(open.queue.history(open.person, "", Long.MAX_VALUE, 10).jobs()).hasSize(1);
  }

  @Test
  void whatFailsIsToldAndTheWorkerGoesOn() {
    generator.broken = true;
    try (Worker worker = work()) {
      await().until(() -> spare.failed.get() == 1);
      generator.broken = false;
      Job job = open.submit(1);
      open.awaitState(job.id(), JobState.DONE);
      assertThat(worker).isNotNull();
    }
  }

  @Test
  void nothingIsDrawnWhileTheQueueIsPaused() {
    open.queue.pause();
    SpareDrawing drawing = new SpareDrawing(spare, open.queue, generator, () -> false);
    assertThat(drawing.idle(Optional.empty())).isEmpty();
    open.queue.resume();
    generator.patient = false;
    assertThat(drawing.idle(Optional.empty())).contains(Spare.REQUEST);
  }

  @Test
  void itIsToldWhatIsLoadedAndForHowLongNobodyCame() {
    TestClock clock = new TestClock();
    try (OpenQueue later = new OpenQueue(TestDatabase.H2, data.resolve("later"), clock)) {
      SpareDrawing drawing = new SpareDrawing(spare, later.queue, generator, () -> false);
      generator.patient = false;
      clock.advance(Duration.ofMinutes(5));
      drawing.busy();
      clock.advance(Duration.ofMinutes(3));
      assertThat(drawing.idle(Optional.of("tiny"))).isPresent();
      assertThat(spare.moments).containsExactly("tiny PT3M");
    }
  }

  @Test
  void whatFailsHasLoadedNothing() {
    SpareDrawing drawing = new SpareDrawing(spare, open.queue, generator, () -> false);
    generator.broken = true;
    assertThat(drawing.idle(Optional.empty())).isEmpty();
    assertThat(spare.failed).hasValue(1);
  }

  private Worker work() {
    return Worker.start(open.queue, generator, new PlainPictures(), spare);
  }

  /** Wants one picture. */
  private static final class Spare implements SpareTime {
    static final GenerationRequest REQUEST = OpenQueue.request("the style", 7, 1);
    final List<String> moments = new CopyOnWriteArrayList<>();
    final AtomicInteger drawn = new AtomicInteger();
    final AtomicInteger failed = new AtomicInteger();

    @Override
    public Duration after() {
      return Duration.ZERO;
    }

    @Override
    public Optional<GenerationRequest> next(Optional<String> loaded, Duration quiet) {
      moments.add(loaded.orElse("nothing") + " " + quiet);
      return drawn.get() + failed.get() == 0 ? Optional.of(REQUEST) : Optional.empty();
    }

    @Override
    public void drawn(GenerationRequest request, GenerationResult result) {
      drawn.incrementAndGet();
    }

    @Override
    public void failed(GenerationRequest request, Throwable why) {
      failed.incrementAndGet();
    }
  }

  /** Draws the style for ever, unless told otherwise, and jobs at once. */
  private static final class Patient implements ImageGenerator {
    final List<String> done = new CopyOnWriteArrayList<>();
    final CountDownLatch begun = new CountDownLatch(1);
    volatile boolean patient = true;
    volatile boolean broken;

    @Override
    public GenerationResult generate(
        GenerationRequest request, ProgressListener listener, Cancellation cancellation) {
      boolean style = request.prompt().equals(Spare.REQUEST.prompt());
      if (style && broken) {
        throw new IllegalStateException("no style");
      }
      boolean waits = style && patient;
      begun.countDown();
      if (waits) {
        awaitRequest(cancellation);
        done.add("broken off");
        throw new CancelledException();
      }
      done.add(request.prompt());
      return new GenerationResult(List.of(new RgbImage(1, 1, new byte[3])), List.of());
    }

    private static void awaitRequest(Cancellation cancellation) {
      CountDownLatch stop = new CountDownLatch(1);
      try (Cancellation.Registration _ = cancellation.onRequest(stop::countDown)) {
        stop.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {}
  }
}

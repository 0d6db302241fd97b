package dev.hyperbrush.queue;

import static dev.hyperbrush.queue.OpenQueue.ORIGIN;
import static dev.hyperbrush.queue.OpenQueue.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.CancelledException;
import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.GenerationResult;
import dev.hyperbrush.generation.ImageGenerator;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ProgressListener;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.RgbImage;
import dev.hyperbrush.store.EncodedPicture;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobState;
import dev.hyperbrush.store.NewJob;
import dev.hyperbrush.store.Picture;
import dev.hyperbrush.store.PictureStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

final class WorkerTest {
  private static final ImageGenerator PLAIN = new PlainPictures();

  private static final Duration FOR_EVER = Duration.ofDays(1);

  /** For two hundred commits on a machine with other things to do. */
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir private Path data;
  private OpenQueue open;

  @BeforeEach
  void open() {
    open = new OpenQueue(data);
  }

  @AfterEach
  void close() {
    open.close();
  }

  @Test
  void drawsStoresAndEnds() throws Exception {
    open.work(PLAIN);
    Job job = open.queue.submit(NewJob.plain(open.person, ORIGIN, request("a red circle", 7, 3)));

    Job done = open.awaitState(job.id(), JobState.DONE);

    assertThat(done.startedAt()).isPresent();
    assertThat(done.finishedAt()).isPresent();
    List<Picture> pictures = open.queue.pictures(job.id());
    assertThat(pictures).extracting(picture -> picture.seed().value()).containsExactly(7L, 8L, 9L);
    for (Picture picture : pictures) {
      byte[] drawn = PlainPictures.image(picture.seed(), job.request().size()).rgb();
      assertThat(Files.readAllBytes(open.files.file(picture))).isEqualTo(drawn);
      assertThat(picture.width()).isEqualTo(64);
      assertThat(picture.bytes()).isEqualTo(drawn.length);
    }
  }

  @Test
  void firstComeFirstDrawn() {
    Queue<Long> seeds = new ConcurrentLinkedQueue<>();
    List<Job> jobs = List.of(open.submit(3), open.submit(1), open.submit(2));

    open.work((request, listener, cancellation) -> {
      seeds.add(request.seed().value());
      return PLAIN.generate(request, listener, cancellation);
    });

    open.awaitState(jobs.getLast().id(), JobState.DONE);
    assertThat(seeds).containsExactly(3L, 1L, 2L);
  }

  @Test
  void keepsNotices() {
    Phrase before = Phrase.of(ReasonCode.SIZE_CHANGED, "100x100", "96x96", "small");
    Phrase notice = Phrase.of(ReasonCode.PROMPT_CUT, 77, "blue \"background\"");
    open.work((request, listener, cancellation) ->
        new GenerationResult(
            PLAIN.generate(request, listener, cancellation).images(), List.of(notice)));

    NewJob wanted = NewJob.plain(open.person, ORIGIN, request("a red circle", 7, 3));
    Job waiting = open.queue.submit(wanted.noticing(List.of(before)));
    assertThat(waiting.notices()).containsExactly(before);

    Job done = open.awaitState(waiting.id(), JobState.DONE);

    assertThat(done.notices()).containsExactly(before, notice);
  }

  @Test
  void whateverAJobThrowsTheNextIsDrawn() {
    Map<Long, Throwable> thrown =
        Map.of(
            1L, new Refusal(ReasonCode.PICTURE_BLACK),
            2L, new IllegalStateException("secret details"),
            3L, new OutOfMemoryError("tried"),
            4L, new StackOverflowError());
    open.work((request, listener, cancellation) -> {
      Throwable now = thrown.get(request.seed().value());
      if (now instanceof Error error) {
        throw error;
      } else if (now instanceof RuntimeException exception) {
        throw exception;
      }
      return PLAIN.generate(request, listener, cancellation);
    });

    List<Job> jobs = List.of(1L, 2L, 3L, 4L, 5L).stream().map(open::submit).toList();
    open.awaitState(jobs.getLast().id(), JobState.DONE);

    assertThat(failure(jobs.get(0)).code()).isEqualTo(ReasonCode.PICTURE_BLACK);
    assertThat(failure(jobs.get(1)).code()).isEqualTo(ReasonCode.DRAWING_FAILED);
    assertThat(failure(jobs.get(1)).english())
        .contains("IllegalStateException")
        .doesNotContain("secret");
    assertThat(failure(jobs.get(2)).english()).contains("not enough memory");
    assertThat(failure(jobs.get(3)).english()).contains("StackOverflowError");
  }

  private Phrase failure(Job job) {
    return open.find(job.id()).failure().orElseThrow();
  }

  @Test
  void aRunningJobIsCancelled() throws Exception {
    CountDownLatch drawing = new CountDownLatch(1);
    open.work((request, listener, cancellation) -> {
      CountDownLatch asked = new CountDownLatch(1);
      try (var _ = cancellation.onRequest(asked::countDown)) {
        drawing.countDown();
        awaitLatch(asked);
      }
      throw new CancelledException();
    });
    Job job = open.submit(1);
    drawing.await();

    assertThat(open.queue.cancel(job.id())).isTrue();

    open.awaitState(job.id(), JobState.CANCELLED);
    assertThat(open.queue.cancel(job.id())).isFalse();
  }

  @Test
  void aDrawnJobThatIsNotStoredIsCancelled() {
    Semaphore encoding = new Semaphore(0);
    CountDownLatch cancelled = new CountDownLatch(1);
    open.work(PLAIN, blocking(encoding, cancelled));
    Job job = open.submit(1);
    encoding.acquireUninterruptibly();

    assertThat(open.queue.cancel(job.id())).isTrue();
    cancelled.countDown();

    open.awaitState(job.id(), JobState.CANCELLED);
    assertThat(open.queue.pictures(job.id())).isEmpty();
    assertThat(pictureFiles()).isEmpty();
  }

  @Test
  void aJobDeletedWhileItIsStoredLeavesNothing() {
    Semaphore encoding = new Semaphore(0);
    CountDownLatch deleted = new CountDownLatch(1);
    Worker worker = open.work(PLAIN, blocking(encoding, deleted));
    Job job = open.submit(1);
    encoding.acquireUninterruptibly();

    assertThat(open.queue.delete(job.id())).isTrue();
    deleted.countDown();
    worker.close();

    assertThat(open.queue.find(job.id())).isEmpty();
    assertThat(pictureFiles()).isEmpty();
  }

  /** An encoder that says when it begins and goes on when it may. */
  private static PictureEncoder blocking(Semaphore begun, CountDownLatch mayGoOn) {
    return new PictureEncoder() {
      @Override
      public EncodedPicture encode(RgbImage image, Job job, int index) {
        begun.release();
        awaitLatch(mayGoOn);
        return new PlainPictures().encode(image, job, index);
      }

      @Override
      public byte[] encodePreview(RgbImage image) {
        throw new AssertionError("nobody watches");
      }
    };
  }

  @Test
  void theNextJobIsDrawnWhileOneIsStored() {
    Semaphore encoding = new Semaphore(0);
    CountDownLatch mayGoOn = new CountDownLatch(1);
    Semaphore drawn = new Semaphore(0);
    open.work(
        (request, listener, cancellation) -> {
          GenerationResult result = PLAIN.generate(request, listener, cancellation);
          drawn.release();
          return result;
        },
        blocking(encoding, mayGoOn));

    Job first = open.submit(1);
    Job second = open.submit(2);
    drawn.acquireUninterruptibly(2);

    assertThat(open.find(first.id()).state()).isEqualTo(JobState.RUNNING);
    mayGoOn.countDown();
    open.awaitState(second.id(), JobState.DONE);
    assertThat(open.find(first.id()).state()).isEqualTo(JobState.DONE);
  }

  @Test
  void aDiskThatStaysFullFailsTheJobWithItsReason() {
    PictureStore full = mock(PictureStore.class);
    when(full.add(any())).thenThrow(new Refusal(ReasonCode.STORAGE_FULL, "/data/pictures", 7));
    JobQueue queue = JobQueue.open(open.database, full, InstantSource.system(), OpenQueue.SETTINGS);
    try (Worker _ = Worker.start(queue, PLAIN, new PlainPictures())) {
      Job job = queue.submit(NewJob.plain(open.person, ORIGIN, request("a red circle", 1, 1)));

      open.awaitState(job.id(), JobState.FAILED);

      assertThat(failure(job).english()).contains("/data/pictures", "full");
      assertThat(open.find(job.id()).attempts()).isEqualTo(Tries.MAX - 1);
    }
  }

  @Test
  void aDatabaseThatCannotBeReachedCostsNoTry() {
    PictureStore files = mock(PictureStore.class);
    Refusal gone = new Refusal(ReasonCode.DATABASE_UNREACHABLE, "jdbc:postgresql:bot", "no");
    when(files.add(any()))
        .thenThrow(Collections.nCopies(Tries.MAX + 1, gone).toArray(Refusal[]::new))
        .thenAnswer(picture -> open.files.add(picture.getArgument(0)));
    JobQueue queue =
        JobQueue.open(open.database, files, InstantSource.system(), OpenQueue.SETTINGS);
    try (Worker _ = Worker.start(queue, PLAIN, new PlainPictures())) {
      Job job = queue.submit(NewJob.plain(open.person, ORIGIN, request("a red circle", 1, 1)));

      assertThat(open.awaitState(job.id(), JobState.DONE).attempts()).isZero();
    }
  }

  @Test
  void anOrderlyStopGivesTheRunningJobBack() throws Exception {
    CountDownLatch drawing = new CountDownLatch(1);
    Worker worker =
        open.work((request, listener, cancellation) -> {
          drawing.countDown();
          while (true) {
            cancellation.throwIfRequested();
            Thread.onSpinWait();
          }
        });
    Job job = open.submit(1);
    drawing.await();

    worker.close();

    Job given = open.find(job.id());
    assertThat(given.state()).isEqualTo(JobState.QUEUED);
    assertThat(given.attempts()).isZero();
    assertThat(given.startedAt()).isEmpty();
    open.work(PLAIN);
    open.awaitState(job.id(), JobState.DONE);
  }

  @Test
  void aRunningJobThatEndsInTimeIsFinishedBeforeTheStop() throws Exception {
    QueueSettings patient =
        new QueueSettings(
            Duration.ofHours(24),
            Duration.ofMinutes(5),
            Duration.ofSeconds(30),
            FOR_EVER,
            Duration.ZERO);
    JobQueue queue = JobQueue.open(open.database, open.files, InstantSource.system(), patient);
    StubbornGenerator generator = new StubbornGenerator();
    Worker worker = Worker.start(queue, generator, new PlainPictures());
    Job job = open.submit(1);
    queue.signal().raise();
    generator.drawing.await();
    Job waiting = open.submit(2);

    Thread closing = Thread.ofVirtual().start(worker::close);
    generator.mayEnd.countDown();
    closing.join();

    assertThat(open.find(job.id()).state()).isEqualTo(JobState.DONE);
    assertThat(generator.drawnBy).hasSizeLessThanOrEqualTo(2);
    assertThat(open.find(waiting.id()).state()).isNotEqualTo(JobState.RUNNING);
  }

  @Test
  void closesTheGeneratorOnTheThreadThatDrew() {
    StubbornGenerator generator = new StubbornGenerator();
    generator.mayEnd.countDown();
    Worker worker = open.work(generator);
    open.awaitState(open.submit(1).id(), JobState.DONE);

    worker.close();

    assertThat(generator.closedBy).containsExactlyElementsOf(generator.drawnBy);
  }

  @Test
  void aGeneratorThatDoesNotStopIsNotClosedWhileItDraws() throws Exception {
    StubbornGenerator generator = new StubbornGenerator();
    Worker worker = Worker.start(open.queue, generator, new PlainPictures(), Duration.ZERO);
    Job job = open.submit(1);
    generator.drawing.await();

    worker.close();

    assertThat(generator.closedBy).isEmpty();
    assertThat(open.find(job.id()).state()).isEqualTo(JobState.RUNNING);
    generator.mayEnd.countDown();
    await()
        .untilAsserted(
            () -> assertThat(generator.closedBy).containsExactlyElementsOf(generator.drawnBy));
    assertThat(open.find(job.id()).state()).isEqualTo(JobState.QUEUED);
    assertThat(open.find(job.id()).attempts()).isZero();
  }

  /** Draws until it may end, whoever asks it to stop. */
  private static final class StubbornGenerator implements ImageGenerator {
    private final CountDownLatch drawing = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final Queue<Thread> closedBy = new ConcurrentLinkedQueue<>();
    private final Queue<Thread> drawnBy = new ConcurrentLinkedQueue<>();

    @Override
    public GenerationResult generate(
        GenerationRequest request, ProgressListener listener, Cancellation cancellation) {
      drawnBy.add(Thread.currentThread());
      drawing.countDown();
      awaitLatch(mayEnd);
      return PLAIN.generate(request, listener, Cancellation.none());
    }

    @Override
    public void close() {
      closedBy.add(Thread.currentThread());
    }
  }

  @Test
  @Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
  void picturesThatComeAfterTheEndAreTurnedAway() {
    Finishing finishing =
        new Finishing(open.queue.running(), new PlainPictures(), open.queue.signal());
    open.submit(1);
    RunningJob late = open.queue.running().claimNext("worker").orElseThrow();
    finishing.close();

    for (int more = 0; more < 3; more++) { // than may wait, so that none may leave its place taken
      assertThatThrownBy(() -> finishing.add(late, new GenerationResult(List.of(), List.of())))
          .isInstanceOf(CancelledException.class);
    }
    finishing.awaitIdle();
  }

  @Test
  void twoWorkersNeverDrawOneJob() {
    JobQueue other = JobQueue.open(open.database, open.files, InstantSource.system());
    Map<Long, Integer> drawn = new ConcurrentHashMap<>();
    ImageGenerator counting =
        (request, listener, cancellation) -> {
          drawn.merge(request.seed().value(), 1, Integer::sum);
          return PLAIN.generate(request, listener, cancellation);
        };
    List<Job> jobs = LongStream.range(0, 100).mapToObj(open::submit).toList();

    open.work(counting);
    try (Worker _ = Worker.start(other, counting, new PlainPictures())) {
      await()
          .atMost(LONG)
          .until(() -> jobs.stream().allMatch(job -> open.find(job.id()).state().ended()));
    }

    assertThat(drawn).hasSize(100).values().containsOnly(1);
  }

  @Test
  void theLastEventOfAJobIsItsLastState() {
    Map<Long, JobState> last = new ConcurrentHashMap<>();
    try (Subscription _ =
        open.queue
            .events()
            .subscribe(event -> last.put(event.jobId(), event.state().orElseThrow()))) {
      open.work(PLAIN);
      List<Long> ids = LongStream.range(0, 50).map(seed -> open.submit(seed).id()).boxed().toList();
      open.awaitState(ids.getLast(), JobState.DONE);

      await()
          .untilAsserted(() -> assertThat(last).hasSize(50).values().containsOnly(JobState.DONE));
    }
  }

  private List<Path> pictureFiles() {
    try (var files = Files.walk(data.resolve("pictures"))) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}

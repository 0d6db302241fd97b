package dev.hyperbrush.queue;

import static dev.hyperbrush.queue.OpenQueue.ORIGIN;
import static dev.hyperbrush.queue.OpenQueue.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.generation.RgbImage;
import dev.hyperbrush.generation.StepProgress;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobState;
import dev.hyperbrush.store.NewJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class JobEventsTest {
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final JobEvents events = new JobEvents(() -> now);
  private final AtomicInteger previews = new AtomicInteger();

  @Test
  void tellsEverySubscriber() throws Exception {
    BlockingQueue<JobEvent> one = new LinkedBlockingQueue<>();
    BlockingQueue<JobEvent> two = new LinkedBlockingQueue<>();
    try (Subscription _ = events.subscribe(one::add);
        Subscription _ = events.subscribe(two::add)) {
      events.changed(job(1), JobState.DONE);
      JobEvent done = one.take();
      assertThat(done.jobId()).isEqualTo(1);
      assertThat(done.state()).contains(JobState.DONE);
      assertThat(done.step()).isEqualTo(4);
      assertThat(done.steps()).isEqualTo(4);
      assertThat(two.take()).isEqualTo(done);
    }
  }

  @Test
  void aDeletionIsTheLastThatIsToldOfAJob() throws Exception {
    BlockingQueue<JobEvent> seen = new SynchronousQueue<>();
    try (Subscription _ = events.subscribe(event -> put(seen, event))) {
      events.changed(job(1), JobState.QUEUED); // the subscriber is stuck with this one
      events.changed(job(2), JobState.RUNNING);
      events.deleted(2);
      events.changed(job(2), JobState.CANCELLED);

      assertThat(seen.take().jobId()).isEqualTo(1);
      JobEvent last = seen.take();
      assertThat(last.jobId()).isEqualTo(2);
      assertThat(last.isDeleted()).isTrue();
    }
  }

  @Test
  void aThrowingSubscriberIsToldTheNextEventToo() throws Exception {
    BlockingQueue<JobEvent> seen = new LinkedBlockingQueue<>();
    try (Subscription _ =
        events.subscribe(event -> {
          seen.add(event);
          throw new IllegalStateException("a faulty subscriber");
        })) {
      events.changed(job(1), JobState.QUEUED);
      assertThat(seen.take().jobId()).isEqualTo(1);
      events.changed(job(2), JobState.QUEUED);
      assertThat(seen.take().jobId()).isEqualTo(2);
    }
  }

  @Test
  void aSlowSubscriberSeesTheNewestOfEachJobAndHoldsNobodyUp() throws Exception {
    BlockingQueue<JobEvent> slow = new SynchronousQueue<>();
    try (Subscription _ = events.subscribe(event -> put(slow, event));
        Subscription _ = events.watch(1)) {
      events.changed(job(9), JobState.QUEUED); // the subscriber is stuck with this one
      JobEvent stuck = slow.take();
      events.changed(job(8), JobState.QUEUED);
      JobEvent alsoStuck = slow.take();
      assertThat(List.of(stuck.jobId(), alsoStuck.jobId())).containsExactly(9L, 8L);

      Semaphore busy = new Semaphore(0);
      try (Subscription _ = events.subscribe(event -> busy.acquireUninterruptibly())) {
        for (int step = 1; step <= 1000; step++) {
          events.progressed(job(1), progress(step), this::encode);
        }
        events.changed(job(2), JobState.DONE);
        busy.release(2000);
      }

      List<JobEvent> seen = new ArrayList<>();
      do {
        seen.add(slow.take());
      } while (seen.getLast().jobId() != 2);
      JobEvent newest = seen.get(seen.size() - 2);
      assertThat(newest.step()).isEqualTo(1000);
      assertThat(seen).hasSizeLessThan(10);
      assertThat(seen).anyMatch(event -> event.previewPng().isPresent());
    }
  }

  @Test
  void previewsAreComputedOnlyForWhoWatchesAndNotTooOften() throws Exception {
    events.progressed(job(1), progress(1), this::encode);
    assertThat(previews).hasValue(0);

    Subscription watching = events.watch(1);
    Subscription another = events.watch(1);
    events.progressed(job(1), progress(2), this::encode);
    events.progressed(job(1), progress(3), this::encode);
    assertThat(previews).hasValue(1);
    events.progressed(job(2), progress(3), this::encode);
    assertThat(previews).hasValue(1);

    now = now.plusMillis(250);
    watching.close();
    watching.close();
    events.progressed(job(1), progress(4), this::encode);
    assertThat(previews).hasValue(2);

    now = now.plusMillis(250);
    another.close();
    events.progressed(job(1), progress(5), this::encode);
    assertThat(previews).hasValue(2);
  }

  @Test
  void aFailingPreviewCostsOnlyThePreview() throws Exception {
    BlockingQueue<JobEvent> seen = new LinkedBlockingQueue<>();
    try (Subscription _ = events.subscribe(seen::add);
        Subscription _ = events.watch(1)) {
      events.progressed(
          job(1),
          progress(1),
          image -> {
            throw new IllegalStateException("a faulty encoder");
          });
      assertThat(seen.take().previewPng()).isEmpty();
    }
  }

  @Test
  void tellsNothingAfterClosing() throws Exception {
    BlockingQueue<JobEvent> closed = new LinkedBlockingQueue<>();
    BlockingQueue<JobEvent> open = new LinkedBlockingQueue<>();
    events.subscribe(closed::add).close();
    try (Subscription _ = events.subscribe(open::add)) {
      events.changed(job(1), JobState.QUEUED);
      open.take();
    }
    assertThat(closed).isEmpty();
  }

  private StepProgress progress(int step) {
    return new StepProgress(
        step,
        1000,
        () -> {
          previews.incrementAndGet();
          return Optional.of(new RgbImage(1, 1, new byte[3]));
        });
  }

  private byte[] encode(RgbImage image) {
    return image.rgb();
  }

  private Job job(long id) {
    return Job.queued(id, NewJob.plain(1, ORIGIN, request("a red circle", 1, 1)), now);
  }

  private static void put(BlockingQueue<JobEvent> queue, JobEvent event) {
    try {
      queue.put(event);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}

package dev.hyperbrush.queue;

import static dev.hyperbrush.queue.SharedQueue.claim;
import static dev.hyperbrush.queue.SharedQueue.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobState;
import dev.hyperbrush.store.OnEachDatabase;
import dev.hyperbrush.store.QueueMode;
import dev.hyperbrush.store.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** Pausing, draining and what happens to jobs that wait for too long. */
@OnEachDatabase
final class QueueModeTest {
  @Parameter private TestDatabase kind;
  @TempDir private Path data;
  private SharedQueue shared;

  @BeforeEach
  void open() {
    shared = new SharedQueue(kind, data);
  }

  @AfterEach
  void close() {
    shared.close();
  }

  @Test
  void aPausedQueueAcceptsAndGivesNothingOutUntilItIsResumed() {
    Job before = shared.submit(1);
    RunningJob running = claim(shared.one);
    shared.two.pause();
    shared.submit(2);

    assertThat(shared.one.running().claimNext("worker")).isEmpty();
    store(shared.one, running);
    assertThat(shared.find(before).state()).isEqualTo(JobState.DONE);
    shared.close();
    shared = new SharedQueue(kind, data);
    assertThat(shared.one.mode()).isEqualTo(QueueMode.PAUSED);
    assertThat(shared.one.running().claimNext("worker")).isEmpty();
    shared.one.resume();
    assertThat(shared.two.running().claimNext("worker")).isPresent();
  }

  @Test
  void aDrainingQueueDrawsWhatWaitsAndAcceptsNothing() {
    Job waiting = shared.submit(1);
    shared.two.drain();

    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> shared.submit(2))
        .extracting(Refusal::code)
        .isEqualTo(ReasonCode.QUEUE_DRAINING);
    assertThat(shared.one.isEmpty()).isFalse();
    RunningJob running = claim(shared.one);
    assertThat(shared.one.isEmpty()).isFalse();
    store(shared.one, running);
    assertThat(shared.find(waiting).state()).isEqualTo(JobState.DONE);
    assertThat(shared.one.isEmpty()).isTrue();
    shared.one.resume();
    assertThat(shared.submit(3).state()).isEqualTo(JobState.QUEUED);
  }

  @Test
  void whatWaitsForTooLongEndsAndSaysSo() throws Exception {
    Job old = shared.submit(1);
    shared.pass(Duration.ofMinutes(3));
    Job newer = shared.submit(2);
    shared.pass(SharedQueue.SETTINGS.expireAfter().minusMinutes(1));
    BlockingQueue<JobEvent> told = new LinkedBlockingQueue<>();
    try (Subscription _ = shared.one.events().subscribe(told::add)) {
      shared.one.upkeep().run();

      JobEvent end = told.take();
      assertThat(end.jobId()).isEqualTo(old.id());
      assertThat(end.is(JobState.FAILED)).isTrue();
    }
    Job expired = shared.find(old);
    assertThat(expired.failure().orElseThrow().code()).isEqualTo(ReasonCode.JOB_EXPIRED);
    assertThat(expired.failure().orElseThrow().args())
        .isEqualTo(List.of("PT24H2M", String.valueOf(old.id())));
    assertThat(shared.find(newer).state()).isEqualTo(JobState.QUEUED);
    assertThat(claim(shared.one).job().id()).isEqualTo(newer.id());
  }
}

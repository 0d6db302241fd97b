package dev.hyperbrush.queue;

import static dev.hyperbrush.queue.SharedQueue.MORE_THAN_A_LEASE;
import static dev.hyperbrush.queue.SharedQueue.claim;
import static dev.hyperbrush.queue.SharedQueue.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hyperbrush.generation.CancelledException;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobState;
import dev.hyperbrush.store.OnEachDatabase;
import dev.hyperbrush.store.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** Processes that share a queue, and may die, stand still or contradict each other at any time. */
@OnEachDatabase
final class LeaseTest {
  @Parameter private TestDatabase kind;
  @TempDir private Path data;
  private SharedQueue shared;
  private Upkeep one;
  private Upkeep two;

  @BeforeEach
  void open() {
    shared = new SharedQueue(kind, data);
    one = shared.one.upkeep();
    two = shared.two.upkeep();
  }

  @AfterEach
  void close() {
    shared.close();
  }

  @Test
  void whoSaysNothingForTooLongLosesTheJobAndStoresNothing() {
    Job job = shared.submit(1);
    Job next = shared.submit(2);
    RunningJob stalled = claim(shared.one);
    shared.pass(MORE_THAN_A_LEASE);
    two.run();

    assertThat(shared.find(job).state()).isEqualTo(JobState.QUEUED);
    assertThat(shared.find(job).attempts()).isEqualTo(1);
    RunningJob taken = claim(shared.two);
    assertThat(taken.job().id()).as("at its old place, before %s", next.id()).isEqualTo(job.id());
    store(shared.one, stalled);
    assertThat(shared.find(job).state()).isEqualTo(JobState.RUNNING);
    assertThat(shared.one.pictures(job.id())).isEmpty();
    store(shared.two, taken);

    assertThat(shared.find(job).state()).isEqualTo(JobState.DONE);
    assertThat(shared.one.pictures(job.id())).hasSize(1);
  }

  @Test
  void whoSaysSomethingInTimeKeepsTheJob() {
    Job job = shared.submit(1);
    RunningJob claimed = claim(shared.one);
    for (int i = 0; i < 10; i++) {
      shared.pass(SharedQueue.SETTINGS.lease().dividedBy(2));
      one.run();
      two.run();
    }
    assertThat(claimed.cancellation().isRequested()).isFalse();
    store(shared.one, claimed);
    assertThat(shared.find(job).attempts()).isZero();
    assertThat(shared.find(job).state()).isEqualTo(JobState.DONE);
  }

  @Test
  void aProcessThatStoodStillDoesNotTakeItsOwnJobs() {
    Job job = shared.submit(1);
    claim(shared.one);
    shared.pass(MORE_THAN_A_LEASE);
    one.run();
    two.run();
    assertThat(shared.find(job).state()).isEqualTo(JobState.RUNNING);
  }

  @Test
  void whoLostTheJobStopsDrawingIt() {
    shared.submit(1);
    RunningJob stalled = claim(shared.one);
    shared.pass(MORE_THAN_A_LEASE);
    two.run();
    one.run();
    assertThat(stalled.cancellation().isRequested()).isTrue();

    RunningJob taken = claim(shared.two);
    shared.one.running().ended(stalled, new CancelledException());

    assertThat(shared.find(taken.job()).state()).isEqualTo(JobState.RUNNING);
    assertThat(shared.one.running().here()).isEmpty();
  }

  @Test
  void overWhomTwoProcessesDiedIsSetAside() {
    Job poison = shared.submit(1);
    for (int death = 0; death < Tries.MAX_DEATHS; death++) {
      assertThat(shared.find(poison).state()).isEqualTo(JobState.QUEUED);
      claim(shared.one);
      shared.pass(MORE_THAN_A_LEASE);
      two.run();
    }
    assertThat(shared.find(poison).state()).isEqualTo(JobState.FAILED);
    assertThat(code(poison)).isEqualTo(ReasonCode.JOB_KEEPS_CRASHING);
  }

  @Test
  void whoComesBackTakesItsDeathBack() {
    Job job = shared.submit(1);
    for (int stall = 0; stall < Tries.MAX; stall++) {
      assertThat(shared.find(job).state()).isEqualTo(JobState.QUEUED);
      RunningJob stalled = claim(shared.one);
      shared.pass(MORE_THAN_A_LEASE);
      two.run();
      shared.one.running().ended(stalled, new IllegalStateException("came back"));
    }
    assertThat(shared.find(job).state()).isEqualTo(JobState.FAILED);
    assertThat(code(job)).isEqualTo(ReasonCode.JOB_INTERRUPTED);
    assertThat(shared.find(job).attempts()).isEqualTo(Tries.MAX);
  }

  @Test
  void onlyTheJobBegunLastIsSuspectedOfADeath() {
    Job stored = shared.submit(1);
    for (int death = 0; death < Tries.MAX_DEATHS; death++) {
      claim(shared.one);
      shared.submit(7);
      shared.pass(java.time.Duration.ofMillis(1));
      claim(shared.one);
      shared.pass(MORE_THAN_A_LEASE);
      two.run();
    }
    assertThat(shared.find(stored).state()).isEqualTo(JobState.QUEUED);
    assertThat(shared.find(stored).attempts()).isEqualTo(2);
  }

  @Test
  void aJobIsCancelledFromAnotherProcess() {
    Job job = shared.submit(1);
    RunningJob claimed = claim(shared.one);

    assertThat(shared.two.cancel(job.id())).isTrue();
    one.run();

    assertThat(claimed.cancellation().isRequested()).isTrue();
    shared.one.running().ended(claimed, new CancelledException());
    assertThat(shared.find(job).state()).isEqualTo(JobState.CANCELLED);
    assertThat(shared.two.cancel(job.id())).isFalse();
  }

  @Test
  void aPictureThatComesAfterTheCancellationIsNotKept() {
    Job job = shared.submit(1);
    RunningJob claimed = claim(shared.one);
    shared.two.cancel(job.id());
    store(shared.one, claimed);
    assertThat(shared.find(job).state()).isEqualTo(JobState.CANCELLED);
    assertThat(shared.one.pictures(job.id())).isEmpty();
  }

  @Test
  void aCancellationOutlivesTheProcessThatShouldHearIt() {
    Job stopped = shared.submit(1);
    RunningJob claimed = claim(shared.one);
    shared.two.cancel(stopped.id());
    claimed.cancellation().request(); // the orderly end of the program
    shared.one.running().ended(claimed, new CancelledException());
    assertThat(shared.find(stopped).state()).isEqualTo(JobState.CANCELLED);

    Job killed = shared.submit(2);
    claim(shared.one);
    shared.two.cancel(killed.id());
    shared.pass(MORE_THAN_A_LEASE);
    two.run();
    assertThat(shared.find(killed).state()).isEqualTo(JobState.CANCELLED);
  }

  @Test
  void aJobThatIsDeletedElsewhereIsStopped() {
    Job job = shared.submit(1);
    RunningJob claimed = claim(shared.one);
    assertThat(shared.two.delete(job.id())).isTrue();
    one.run();
    assertThat(claimed.cancellation().isRequested()).isTrue();
    shared.one.running().ended(claimed, new CancelledException());
    assertThat(shared.one.running().here()).isEmpty();
  }

  @Test
  void anIdleWorkerFindsWhatAnotherProcessHasAccepted() {
    try (Worker _ = Worker.start(shared.two, new PlainPictures(), new PlainPictures())) {
      Job job = shared.submit(1);
      await().until(() -> shared.find(job).state() == JobState.DONE);
    }
  }

  private ReasonCode code(Job job) {
    return shared.find(job).failure().orElseThrow().code();
  }
}

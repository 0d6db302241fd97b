package dev.hyperbrush.queue;

import static dev.hyperbrush.queue.OpenQueue.ORIGIN;
import static dev.hyperbrush.queue.OpenQueue.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.TestClock;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.store.HeldJob;
import dev.hyperbrush.store.Hold;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobState;
import dev.hyperbrush.store.NewJob;
import dev.hyperbrush.store.OnEachDatabase;
import dev.hyperbrush.store.Realm;
import dev.hyperbrush.store.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

@OnEachDatabase
final class HeldJobTest {
  private static final Hold WHY = new Hold(Realm.EVERYWHERE, 7, "be kind", true);

  @Parameter private TestDatabase kind;
  @TempDir private Path data;
  private final TestClock clock = new TestClock();
  private OpenQueue open;
  private JobQueue queue;

  @BeforeEach
  void open() {
    open = new OpenQueue(kind, data, clock);
    queue = open.queue;
  }

  @AfterEach
  void close() {
    open.close();
  }

  @Test
  void aHeldJobIsNotDrawnUntilItIsReleasedAndThenInItsTurn() {
    Job held = queue.held().hold(job("held"), WHY);
    Job first = queue.submit(job("first"));

    assertThat(queue.find(held.id())).contains(held);
    assertThat(held.state()).isEqualTo(JobState.HELD);
    assertThat(queue.held().find(held.id())).contains(WHY);
    assertThat(queue.held().list(Realm.EVERYWHERE, 0, 9)).containsExactly(new HeldJob(held, WHY));
    assertThat(queue.held().list(new Realm("discord", "guild"), 0, 9)).isEmpty();
    assertThat(queue.waitingJobs(9)).containsExactly(first);
    assertThat(queue.unfinished(open.person, 9)).containsExactly(first, held);

    assertThat(queue.held().release(held.id())).isTrue();
    assertThat(queue.held().release(held.id())).isFalse();
    assertThat(queue.waitingJobs(9)).extracting(Job::id).containsExactly(first.id(), held.id());
    assertThat(queue.held().list(Realm.EVERYWHERE, 0, 9)).isEmpty();
    assertThat(queue.held().reject(held.id(), Phrase.of(ReasonCode.REVIEW_REJECTED, "x")))
        .isFalse();
  }

  @Test
  void aHeldJobEndsByRejectionCancellingAndDeletion() {
    Job rejected = queue.held().hold(job("one"), WHY);
    Job cancelled = queue.held().hold(job("two"), WHY);
    Job deleted = queue.held().hold(job("three"), WHY);
    Phrase why = Phrase.of(ReasonCode.REVIEW_REJECTED, "no");

    assertThat(queue.held().reject(rejected.id(), why)).isTrue();
    assertThat(queue.cancel(cancelled.id())).isTrue();
    assertThat(queue.delete(deleted.id())).isTrue();

    assertThat(queue.find(rejected.id()).orElseThrow().failure()).contains(why);
    assertThat(queue.find(rejected.id()).orElseThrow().state()).isEqualTo(JobState.FAILED);
    assertThat(queue.find(cancelled.id()).orElseThrow().state()).isEqualTo(JobState.CANCELLED);
    assertThat(queue.held().list(Realm.EVERYWHERE, 0, 9)).isEmpty();
    assertThat(queue.held().release(cancelled.id())).isFalse();
    assertThat(queue.held().release(deleted.id())).isFalse();
  }

  @Test
  void aHeldJobExpiresLikeOneThatWaits() {
    Job held = queue.held().hold(job("one"), WHY);
    clock.advance(Duration.ofHours(23));
    queue.expiry().sweep();
    assertThat(queue.held().find(held.id())).isPresent();
    clock.advance(Duration.ofHours(2));
    queue.expiry().sweep();
    assertThat(queue.find(held.id()).orElseThrow().failure().orElseThrow().code())
        .isEqualTo(ReasonCode.JOB_EXPIRED);
  }

  private NewJob job(String prompt) {
    return NewJob.plain(open.person, ORIGIN, request(prompt, 1, 1));
  }
}

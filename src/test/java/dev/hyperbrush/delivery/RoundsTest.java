package dev.hyperbrush.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperbrush.delivery.FakePlatform.Fault;
import dev.hyperbrush.delivery.FakePlatform.Message;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.store.DeliveryState;
import dev.hyperbrush.store.OnEachDatabase;
import dev.hyperbrush.store.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

@OnEachDatabase
final class RoundsTest {
  @Parameter private TestDatabase kind;
  @TempDir private Path data;
  private OutboxWorld world;
  private FakePlatform platform;

  @BeforeEach
  void open() {
    world = new OutboxWorld(kind, data, 1);
    platform = world.platform;
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void theEndIsToldOnceWithAllThereIsToKnow() {
    long job = world.fail("a");

    world.round();
    world.round();

    assertThat(platform.calls()).hasSize(1);
    Post post = platform.lastPost();
    assertThat(post.job().id()).isEqualTo(job);
    assertThat(post.job().failure().orElseThrow().code()).isEqualTo(ReasonCode.DRAWING_FAILED);
    assertThat(post.address()).isEqualTo("to a");
    assertThat(post.language()).isEqualTo(Locale.GERMAN);
    assertThat(post.known()).isFalse();
    assertThat(world.state(job)).isEqualTo(DeliveryState.POSTED);
    assertThat(world.deliveries.ofJob(job).orElseThrow().message()).contains("m1");
  }

  @Test
  void whatThePlatformAsksToWaitIsWaitedHere() {
    world.end("a");
    long other = world.end("b");
    platform.script(Fault.RATE_LIMITED);
    world.round();
    assertThat(platform.messages()).extracting(Message::job).containsExactly(other);

    world.pass(FakePlatform.LIMIT.minusMillis(1));
    world.round();
    assertThat(platform.calls()).hasSize(2);
    world.pass(Duration.ofMillis(1));
    world.round();

    assertThat(platform.messages()).hasSize(2);
  }

  @Test
  void whatItAsksToWaitEverywhereHoldsForAll() {
    world.end("a");
    platform.script(Fault.RATE_LIMITED_EVERYWHERE);
    world.round();
    world.end("b");

    world.round();
    assertThat(platform.calls()).hasSize(1);
    world.pass(FakePlatform.LIMIT);
    world.round();

    assertThat(platform.messages()).hasSize(2);
  }

  @Test
  void aDropAfterAcceptingIsPostedAgainWithTheSameNonce() {
    long job = world.end("a");
    platform.script(Fault.DROPPED_AFTER_ACCEPTING);

    world.finish();

    assertThat(platform.calls()).hasSize(2);
    assertThat(Set.copyOf(platform.calls())).hasSize(1);
    assertThat(platform.messages(job)).hasSize(1);
    assertThat(world.state(job)).isEqualTo(DeliveryState.POSTED);
  }

  @Test
  void aDeadTokenLeadsToTheNextRungAndTheLastOneToThePerson() {
    long climbs = world.end("token a", "channel a");
    long waits = world.end("token b", "channel b");
    platform.always(post ->
        post.job().id() == waits || post.address().startsWith("to token")
            ? Fault.DEAD_TOKEN
            : Fault.NONE);

    world.finish();

    assertThat(platform.messages()).extracting(Message::address).containsExactly("to channel a");
    assertThat(world.state(climbs)).isEqualTo(DeliveryState.POSTED);
    assertThat(world.state(waits)).isEqualTo(DeliveryState.WAITING);
  }

  @Test
  void aRefusalWaitsForThePersonAtOnce() {
    long job = world.end("a", "b");
    platform.script(Fault.REFUSED);

    world.round();

    assertThat(world.state(job)).isEqualTo(DeliveryState.WAITING);
  }

  @Test
  void aLaneKeepsItsOrderAndHoldsUpNoOther() {
    List<Long> jobs = List.of(world.end("a"), world.end("a"), world.end("b"), world.end("a"));
    platform.script(Fault.SERVER_ERROR);

    world.round();

    assertThat(platform.messages()).extracting(Message::job).containsExactly(jobs.get(2));
    world.finish();
    assertThat(platform.messages())
        .extracting(Message::job)
        .containsExactly(jobs.get(2), jobs.get(0), jobs.get(1), jobs.get(3));
  }

  @Test
  void aPostThatNeverWorksIsGivenUpAndLetsOthersByLongBefore() {
    long hopeless = world.end("a");
    long behind = world.end("a");
    platform.always(post -> post.job().id() == hopeless ? Fault.BUG : Fault.NONE);
    Duration hour = Duration.ofHours(1);
    for (int i = 0; i < hour.toSeconds(); i += 5) {
      world.round();
      world.pass(Duration.ofSeconds(5));
    }
    assertThat(platform.messages(behind)).hasSize(1);
    assertThat(world.state(hopeless)).isEqualTo(DeliveryState.DUE);

    world.pass(Duration.ofHours(24));
    world.finish();

    assertThat(world.state(hopeless)).isEqualTo(DeliveryState.WAITING);
  }

  @Test
  void aPlatformThatIsDownIsAskedNowAndThen() {
    for (int i = 0; i < 50; i++) {
      world.end("channel " + i);
    }
    platform.always(post -> Fault.SERVER_ERROR);
    for (int i = 0; i < 3600; i++) {
      world.round();
      world.pass(Duration.ofSeconds(1));
    }
    assertThat(platform.calls().size()).as("in an hour").isBetween(60, 300);

    platform.always(post -> Fault.NONE);
    world.finish();

    assertThat(platform.messages()).hasSize(50);
  }

  @Test
  void whatCannotBePostedForTooLongIsGivenUpEvenWhenItsTurnNeverCame() {
    world.giveUpAfter(Duration.ofHours(2));
    for (int i = 0; i < 20; i++) {
      world.end("channel " + i);
    }
    platform.always(post -> Fault.SERVER_ERROR);
    for (int i = 0; i < 30; i++) {
      world.round();
      world.pass(Duration.ofMinutes(5));
    }

    assertThat(world.ended).allMatch(job -> world.state(job) == DeliveryState.WAITING);
  }

  @Test
  void whatPiledUpWhileTheProgramWasOffIsTriedBeforeItIsGivenUp() {
    long job = world.end("a");
    world.pass(Duration.ofDays(3));
    world.restart();

    world.round();

    assertThat(platform.messages(job)).hasSize(1);
  }

  @Test
  void whatIsDeletedIsTakenBackAndRetried() {
    long job = world.end("a");
    world.round();
    world.jobs.delete(job, world.now());
    platform.script(Fault.SERVER_ERROR);

    world.finish();

    assertThat(platform.withdrawn()).containsExactly("m1");
    assertThat(platform.messages()).isEmpty();
    assertThat(world.deliveries.ofJob(job)).isEmpty();
  }

  @Test
  void whatCannotBeTakenBackIsForgotten() {
    long job = world.end("a");
    world.round();
    world.jobs.delete(job, world.now());
    platform.script(Fault.REFUSED);

    world.finish();

    assertThat(world.deliveries.ofJob(job)).isEmpty();
  }

  @Test
  void aJobDeletedWhileItIsPostedIsTakenBack() {
    long job = world.end("a");
    platform.meanwhile(() -> world.jobs.delete(job, world.now()));

    world.finish();

    assertThat(platform.withdrawn()).containsExactly("m1");
    assertThat(platform.messages()).isEmpty();
  }

  @Test
  void aCrashBetweenPostAndCommitPostsNothingTwice() {
    for (Fault crash : List.of(Fault.CRASH_BEFORE_ACCEPTING, Fault.CRASH_AFTER_ACCEPTING)) {
      long job = world.end("a");
      platform.script(crash);
      world.round();
      assertThat(world.isDead()).isTrue();
      assertThat(world.state(job)).isEqualTo(DeliveryState.DUE);

      world.restart();
      world.round();

      assertThat(platform.messages(job)).hasSize(1);
      assertThat(world.state(job)).isEqualTo(DeliveryState.POSTED);
    }
    assertThat(Set.copyOf(platform.calls())).hasSize(2);
  }

  @Test
  void anotherProcessTakesOverOnlyWhenTheLeaseHasEnded() {
    long job = world.end("a");
    platform.script(Fault.CRASH_BEFORE_ACCEPTING);
    world.round();

    world.takeOver();
    world.pass(Duration.ofMillis(-1));
    world.round();
    assertThat(platform.calls()).hasSize(1);
    world.pass(Duration.ofMillis(1));
    world.round();

    assertThat(platform.messages(job)).hasSize(1);
  }

  @Test
  void whatCannotBeWrittenDownIsNotPostedAgainButWrittenLater() {
    long job = world.end("a");
    platform.meanwhile(world.database::close);

    world.round();

    assertThatThrownBy(world::round).hasMessageContaining("closed");
    assertThat(platform.calls()).hasSize(1);
    assertThat(platform.messages(job)).hasSize(1);
  }

  @Test
  void aCourierThatHangsIsLeftAloneAndAskedAgain() throws Exception {
    long job = world.end("a");
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch hanging = new CountDownLatch(1);
    platform.meanwhile(() -> {
      reached.countDown();
      await(hanging);
    });
    Rounds rounds = world.newRounds(task -> Thread.ofVirtual().start(task));
    rounds.go();
    reached.await();
    world.pass(Rounds.ATTEMPT_LIMIT.plusSeconds(1));

    rounds.go();

    assertThat(world.deliveries.ofJob(job).orElseThrow().attempts()).isEqualTo(1);
    hanging.countDown();
    world.finish();
    assertThat(platform.messages(job)).hasSize(1);
    assertThat(Set.copyOf(platform.calls())).hasSize(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Whatever happens, a job is there once, or waits for the person; and lanes keep their order. */
  @Test
  void randomFaultsPostEverythingExactlyOnce(@TempDir Path other) {
    for (long seed = 0; seed < 5; seed++) {
      try (OutboxWorld random = new OutboxWorld(kind, other, seed)) {
        haveFaults(random);
        check(random);
      } catch (AssertionError | RuntimeException failure) {
        throw new AssertionError("seed " + seed, failure);
      }
    }
  }

  private static void haveFaults(OutboxWorld random) {
    List<Fault> faults = new ArrayList<>(List.of(Fault.values()));
    random.platform.always(post ->
        random.chance.nextInt(3) > 0
            ? Fault.NONE
            : faults.get(random.chance.nextInt(faults.size())));
    for (int i = 0; i < 60; i++) {
      if (i < 30) {
        String lane = "lane " + random.chance.nextInt(4);
        random.end(lane, "below " + lane);
      }
      random.round();
      if (random.isDead()) {
        if (random.chance.nextBoolean()) {
          random.restart();
        } else {
          random.takeOver();
        }
      }
      random.pass(Duration.ofMillis(random.chance.nextInt(3000)));
    }
    random.platform.always(post -> Fault.NONE);
    random.finish();
  }

  private static void check(OutboxWorld random) {
    Map<String, Long> last = new HashMap<>();
    Set<String> impatient = new HashSet<>();
    for (long job : random.ended) {
      List<Message> messages = random.platform.messages(job);
      boolean waits = random.state(job) == DeliveryState.WAITING;
      assertThat(messages).as("job " + job).hasSize(waits ? 0 : 1);
      assertThat(random.state(job)).isIn(DeliveryState.WAITING, DeliveryState.POSTED);
      if (random.platform.failures(job) >= 8) {
        messages.forEach(message -> impatient.add(message.address()));
      }
    }
    for (Message message : random.platform.messages()) {
      Long before = last.put(message.address(), message.job());
      if (!message.address().startsWith("to below") && !impatient.contains(message.address())) {
        assertThat(before == null || before < message.job()).as("order of " + message).isTrue();
      }
    }
  }

  @Test
  void severalProcessesPostEverythingOnce() throws Exception {
    for (int i = 0; i < 60; i++) {
      world.end("lane " + i % 20);
    }
    List<Thread> processes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Rounds rounds = world.newRounds();
      processes.add(
          Thread.ofVirtual()
              .start(() -> {
                while (world.ended.stream()
                    .anyMatch(job -> world.state(job) == DeliveryState.DUE)) {
                  rounds.go();
                }
              }));
    }
    for (Thread process : processes) {
      process.join();
    }

    assertThat(platform.calls()).hasSize(60).doesNotHaveDuplicates();
  }
}

package dev.hyperbrush.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Seed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

@OnEachDatabase
final class DeliveryDaoTest {
  private static final Instant NOW = Instant.parse("2026-08-01T12:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(60);

  @Parameter private TestDatabase kind;
  @TempDir private Path data;
  private Database database;
  private JobDao jobs;
  private TestJobs work;
  private DeliveryDao deliveries;
  private long person;

  @BeforeEach
  void open() {
    database = kind.open(data);
    jobs = new JobDao(database);
    work = new TestJobs(database);
    deliveries = new DeliveryDao(database);
    person = new PersonDao(database, InstantSource.fixed(NOW)).idOf("fake", "1", "Anna");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void everyEndIsLeftInTheOutbox() {
    long failed = running("a");
    work.fail(failed, Phrase.of(ReasonCode.DRAWING_FAILED, "no"), NOW);
    long done = running("b");
    work.finish(done, List.of(), List.of(), NOW);
    long cancelled = submit("c");
    jobs.cancelWaiting(cancelled, false, NOW);

    assertThat(due()).extracting(Delivery::jobId).containsExactly(failed, done, cancelled);
    assertThat(due()).noneMatch(Delivery::known);
  }

  @Test
  void whatIsPostedIsFoundByItsName() {
    long job = end("a");
    deliveries.posted(claim(due().getFirst()), Optional.of("7/11,12,/13,/en"), NOW);

    assertThat(found("a", "%,12,%"))
        .hasValueSatisfying(found -> assertThat(found.jobId()).isEqualTo(job));
    assertThat(found("a", "%/11,%")).isPresent();
    assertThat(found("a", "%,14,%")).isEmpty();
    assertThat(found("b", "%,12,%")).isEmpty();
  }

  private Optional<Delivery> found(String lane, String name) {
    return deliveries.postedLike("fake", lane, List.of("nothing", name));
  }

  @Test
  void whatHasNotEndedIsNotInIt() {
    long job = running("a");
    work.requeue(job, NOW);

    assertThat(work.cancelRunning(job, false, NOW)).isFalse();

    assertThat(deliveries.ofJob(job)).isEmpty();
  }

  @Test
  void jobsThatKeepKillingTheProcessAreInItToo() {
    long job = running("a");

    work.giveUp(Phrase.of(ReasonCode.JOB_KEEPS_CRASHING, 1), NOW);

    assertThat(jobs.find(job).orElseThrow().state()).isEqualTo(JobState.FAILED);
    assertThat(jobs.find(job).orElseThrow().attempts()).isEqualTo(1);
    assertThat(due()).extracting(Delivery::jobId).containsExactly(job);
  }

  @Test
  void whatSomebodyHasCancelledIsKnownToThemAndWaitsForNobody() {
    long job = submit("a", "b");

    jobs.cancelWaiting(job, true, NOW);

    Delivery due = due().getFirst();
    assertThat(due.known()).isTrue();
    deliveries.nextRung(claim(due), NOW);
    Delivery next = due().getFirst();
    assertThat(next.known()).isTrue();
    deliveries.waits(claim(next), NOW);
    assertThat(state(job)).isEqualTo(DeliveryState.SHOWN);
  }

  @Test
  void withoutADestinationItWaits() {
    long job = work.insert(NewJob.plain(person, origin(), request()), NOW);
    jobs.cancelWaiting(job, false, NOW);

    assertThat(due()).isEmpty();
    assertThat(state(job)).isEqualTo(DeliveryState.WAITING);
  }

  @Test
  void aClaimHidesItUntilTheLeaseEnds() {
    end("a");
    Delivery claimed = claim(due().getFirst());

    assertThat(due()).isEmpty();
    assertThat(deliveries.claim(claimed, "other", NOW, LATER)).isEmpty();
    Delivery again = deliveries.due("fake", LATER, 9).getFirst();
    assertThat(again.nonce()).isEqualTo(claimed.nonce());
    Delivery second = deliveries.claim(again, "other", LATER, LATER.plusSeconds(60)).orElseThrow();
    assertThat(deliveries.posted(claimed, Optional.of("m"), LATER))
        .as("the lease is over")
        .isFalse();
    assertThat(deliveries.posted(second, Optional.of("m"), LATER)).isTrue();
    assertThat(deliveries.ofJob(claimed.jobId()).orElseThrow().message()).contains("m");
  }

  @Test
  void ofTwoWhoSawTheSameOneClaims() {
    end("a");
    Delivery seen = due().getFirst();

    assertThat(deliveries.claim(seen, "one", NOW, LATER)).isPresent();
    assertThat(deliveries.claim(seen, "two", NOW, LATER)).isEmpty();
  }

  @Test
  void ofEachLaneTheFirstAloneIsDue() {
    long first = end("a");
    long second = end("a");
    long other = end("b");
    assertThat(due()).extracting(Delivery::jobId).containsExactly(first, other);

    Delivery claimed = claim(due().getFirst());
    assertThat(due()).extracting(Delivery::jobId).as("in flight").containsExactly(other);
    deliveries.retry(claimed, LATER, true);
    assertThat(due()).extracting(Delivery::jobId).as("failed").containsExactly(other);
    Delivery again =
        deliveries.due("fake", LATER, 9).stream()
            .filter(each -> each.jobId() == first)
            .findFirst()
            .orElseThrow();
    deliveries.posted(claimed(again), Optional.empty(), NOW);

    assertThat(deliveries.due("fake", LATER, 9))
        .extracting(Delivery::jobId)
        .containsExactlyInAnyOrder(second, other);
  }

  @Test
  void whatFailsAgainAndAgainLetsOthersBy() {
    end("a");
    long second = end("a");
    Instant now = NOW;
    for (int i = 0; i < DeliveryDao.PATIENCE; i++) {
      assertThat(deliveries.due("fake", now, 9)).extracting(Delivery::jobId).doesNotContain(second);
      Delivery first = deliveries.due("fake", now, 9).getFirst();
      Delivery claimed = deliveries.claim(first, "me", now, now.plusSeconds(60)).orElseThrow();
      now = now.plusSeconds(60);
      deliveries.retry(claimed, now, true);
    }

    assertThat(deliveries.due("fake", now, 9)).extracting(Delivery::jobId).contains(second);
  }

  @Test
  void theNextRungHasItsOwnNonceAndLane() {
    long job = end("a", "b");
    long behind = end("b");
    Delivery first = claim(due().getFirst());

    deliveries.nextRung(first, NOW);

    Delivery second = due().getFirst();
    assertThat(second.jobId()).isEqualTo(job);
    assertThat(second.destination()).contains(new Destination("b", "address of b"));
    assertThat(second.nonce()).isNotEqualTo(first.nonce());
    assertThat(second.hasNextRung()).isFalse();
    assertThat(due()).extracting(Delivery::jobId).as("it is ahead there").doesNotContain(behind);
  }

  @Test
  void deletingTakesBackWhatWasPosted() {
    long job = end("a");
    deliveries.posted(claim(due().getFirst()), Optional.of("message 1"), NOW);

    jobs.delete(job, LATER);

    Delivery due = deliveries.due("fake", LATER, 9).getFirst();
    assertThat(due.state()).isEqualTo(DeliveryState.WITHDRAWING);
    assertThat(due.message()).contains("message 1");
    assertThat(due.dueSince()).isEqualTo(LATER);
    assertThat(due.destination()).isPresent();
    deliveries.forget(deliveries.claim(due, "me", LATER, LATER.plusSeconds(9)).orElseThrow());
    assertThat(deliveries.ofJob(job)).isEmpty();
  }

  @Test
  void whatIsBeingPostedWhileItIsDeletedIsTakenBackOnceItIsPosted() {
    long job = end("a", "b");
    Delivery claimed = claim(due().getFirst());

    jobs.delete(job, NOW);

    assertThat(due()).as("it is still being posted").isEmpty();
    deliveries.posted(claimed, Optional.of("message 1"), NOW);
    assertThat(due().getFirst().state()).isEqualTo(DeliveryState.WITHDRAWING);
    assertThat(due().getFirst().message()).contains("message 1");
  }

  @Test
  void noOtherRungIsTriedOfWhatIsDeletedMeanwhile() {
    long job = end("a", "b");
    Delivery claimed = claim(due().getFirst());
    jobs.delete(job, NOW);

    deliveries.nextRung(claimed, NOW);

    assertThat(due().getFirst().state()).isEqualTo(DeliveryState.WITHDRAWING);
    assertThat(due().getFirst().rung()).isZero();
  }

  @Test
  void aJobDeletedBeforeItsEndIsTakenBackTooAsItMayHaveBeenSpokenOf() {
    long job = submit("a");

    jobs.delete(job, NOW);

    assertThat(due().getFirst().state()).isEqualTo(DeliveryState.WITHDRAWING);
    assertThat(due().getFirst().message()).isEmpty();
  }

  @Test
  void theRouteCanBeChangedUntilItIsUsed() {
    Route elsewhere = route("b");
    long waiting = submit("a");
    assertThat(jobs.reroute(waiting, elsewhere)).isTrue();
    jobs.cancelWaiting(waiting, false, NOW);
    assertThat(due().getFirst().destination().orElseThrow().lane()).isEqualTo("b");

    long ended = end("a");
    assertThat(jobs.reroute(ended, elsewhere)).isTrue();
    assertThat(jobs.reroute(ended, Route.NONE)).isFalse();
    claim(due().getFirst());
    assertThat(jobs.reroute(waiting, elsewhere)).isFalse();
    assertThat(jobs.reroute(999, elsewhere)).isFalse();
  }

  @Test
  void nobodyPostsWhereItWasToGoBefore() {
    long ended = end("a");
    Delivery read = due().getFirst();
    assertThat(jobs.reroute(ended, route("b"))).isTrue();
    assertThat(deliveries.claim(read, "me", NOW, NOW.plusSeconds(60))).isEmpty();
    assertThat(claim(due().getFirst()).destination().orElseThrow().lane()).isEqualTo("b");
  }

  @Test
  void whatDeadProcessesHadClaimedIsReleased() {
    end("a");
    claim(due().getFirst());

    assertThat(deliveries.release(NOW)).isEqualTo(1);

    assertThat(due()).hasSize(1);
  }

  @Test
  void whatIsDueForTooLongWaitsForThePerson() {
    long old = end("a");
    long claimed = end("b");
    claim(due().stream().filter(each -> each.jobId() == claimed).findFirst().orElseThrow());

    long deleted = submit("c");
    jobs.delete(deleted, NOW);

    assertThat(deliveries.giveUp(NOW)).isZero();
    assertThat(deliveries.giveUp(LATER)).isEqualTo(2);

    assertThat(state(old)).isEqualTo(DeliveryState.WAITING);
    assertThat(deliveries.ofJob(deleted)).isEmpty();
    assertThat(state(claimed)).isEqualTo(DeliveryState.DUE);
  }

  @Test
  void onlyOnesOwnAreShown() {
    long job = end("a");
    deliveries.waits(claim(due().getFirst()), NOW);

    assertThat(deliveries.shown(person + 1, List.of(job))).isZero();
    assertThat(deliveries.shown(person, List.of())).isZero();
    assertThat(deliveries.shown(person, List.of(job, 999L))).isEqualTo(1);

    assertThat(state(job)).isEqualTo(DeliveryState.SHOWN);
  }

  @Test
  void noncesAreShortEvenAtTheEnd() {
    Delivery last =
        new Delivery(
            Long.MAX_VALUE,
            1,
            "fake",
            Route.NONE,
            35,
            false,
            DeliveryState.DUE,
            Optional.empty(),
            0,
            0,
            NOW,
            NOW.plus(Duration.ofDays(365_000)));

    assertThat(last.nonce()).hasSizeLessThanOrEqualTo(25);
  }

  private List<Delivery> due() {
    return deliveries.due("fake", NOW, 9);
  }

  private Delivery claim(Delivery due) {
    return deliveries.claim(due, "me", NOW, LATER).orElseThrow();
  }

  private Delivery claimed(Delivery due) {
    return deliveries.claim(due, "me", LATER, LATER.plusSeconds(60)).orElseThrow();
  }

  private DeliveryState state(long job) {
    return deliveries.ofJob(job).orElseThrow().state();
  }

  /** A job that has failed, to be told in these lanes. */
  private long end(String... lanes) {
    long job = submit(lanes);
    jobs.cancelWaiting(job, false, NOW);
    return job;
  }

  private long running(String... lanes) {
    long job = submit(lanes);
    assertThat(work.claim(job, NOW)).isTrue();
    return job;
  }

  private long submit(String... lanes) {
    return work.insert(NewJob.plain(person, origin(), request()).told(route(lanes)), NOW);
  }

  private static Route route(String... lanes) {
    return new Route(
        "en",
        List.of(lanes).stream().map(lane -> new Destination(lane, "address of " + lane)).toList());
  }

  private static Origin origin() {
    return new Origin("fake", "channel", Optional.empty());
  }

  private static GenerationRequest request() {
    return new GenerationRequest(
        "tiny",
        "a red circle",
        "",
        new ImageSize(64, 64),
        4,
        0,
        "TCD",
        0.3,
        new Seed(1),
        1,
        List.of(),
        0);
  }
}

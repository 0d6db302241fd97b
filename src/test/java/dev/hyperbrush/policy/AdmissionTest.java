package dev.hyperbrush.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hyperbrush.TestClock;
import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.Seed;
import dev.hyperbrush.policy.Admission.Asked;
import dev.hyperbrush.queue.JobQueue;
import dev.hyperbrush.store.Database;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobDao;
import dev.hyperbrush.store.NewJob;
import dev.hyperbrush.store.OnEachDatabase;
import dev.hyperbrush.store.Origin;
import dev.hyperbrush.store.PersonDao;
import dev.hyperbrush.store.PictureStore;
import dev.hyperbrush.store.Realm;
import dev.hyperbrush.store.TestDatabase;
import dev.hyperbrush.store.TestJobs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

@OnEachDatabase
final class AdmissionTest {
  /** Of each request here, in pixel-steps. */
  private static final long COST = 64 * 64 * 4;

  private static final Origin SERVER = new Origin("discord", "art", Optional.of("guild"));
  private static final Origin OTHER = new Origin("discord", "art", Optional.of("other"));
  private static final Origin PRIVATE = new Origin("discord", "dm", Optional.empty());
  private static final Phrase FAILURE = Phrase.of(ReasonCode.PICTURE_BLACK);

  private final TestClock clock = new TestClock();
  @Parameter private TestDatabase kind;
  @TempDir private Path data;
  private Database database;
  private Optional<Database> other = Optional.empty();
  private JobQueue queue;
  private TestJobs worker;
  private long anna;
  private long ben;

  @BeforeEach
  void open() {
    database = kind.open(data);
    queue = JobQueue.open(database, PictureStore.open(data), clock);
    worker = new TestJobs(database);
    PersonDao people = new PersonDao(database, clock);
    anna = people.idOf("discord", "1", "Anna");
    ben = people.idOf("discord", "2", "Ben");
  }

  @AfterEach
  void close() {
    other.ifPresent(Database::close);
    database.close();
  }

  @Test
  void nobodyHasMoreUnfinishedJobsThanAllowed() {
    Admission admission = admission(QueueLimits.STANDARD);
    Allowances two = waiting(2);
    Job first = submit(admission, anna, two);
    submit(admission, anna, two);

    assertThat(refused(admission, anna, two))
        .isEqualTo(Phrase.of(ReasonCode.TOO_MANY_WAITING, 2, 2, Duration.ofSeconds(7)));
    submit(admission, ben, two);

    worker.claim(first.id(), clock.instant());
    assertThat(refused(admission, anna, two).code()).isEqualTo(ReasonCode.TOO_MANY_WAITING);
    worker.finish(first.id(), List.of(), List.of(), clock.instant());
    Job third = submit(admission, anna, two);
    assertThat(refused(admission, anna, two).code()).isEqualTo(ReasonCode.TOO_MANY_WAITING);
    queue.cancel(third.id());
    submit(admission, anna, two);
    assertThat(refused(admission, anna, two).code()).isEqualTo(ReasonCode.TOO_MANY_WAITING);
  }

  @Test
  void ofManyAtOnceAsManyAreAcceptedAsAreAllowed() throws Exception {
    List<Door> doors = new ArrayList<>(List.of(door(database, QueueLimits.STANDARD)));
    if (kind == TestDatabase.POSTGRESQL) { // as another process, which H2 has none of
      other = Optional.of(kind.open(data));
      doors.add(door(other.get(), QueueLimits.STANDARD));
    }
    assertThat(acceptedAtOnce(doors, anna, waiting(7))).isEqualTo(7);
    assertThat(acceptedAtOnce(doors, ben, daily(7 * COST))).isEqualTo(7);
    assertThat(acceptedAtOnce(doors, ben, daily(9 * COST + 1))).isEqualTo(2);
  }

  @Test
  void theLimitsOfTheQueueHoldForManyAtOnce() throws Exception {
    Door door = door(database, new QueueLimits(5, 8));
    Allowances hundred = waiting(100);
    assertThat(acceptedAtOnce(List.of(door), anna, hundred)).isEqualTo(5);
    Situation elsewhere = situation(ben, OTHER, Permission.EVERYBODY);
    for (int i = 0; i < 3; i++) {
      submit(door.admission, elsewhere, hundred);
    }
    assertThat(refused(door.admission, elsewhere, hundred))
        .isEqualTo(Phrase.of(ReasonCode.QUEUE_FULL, 8, 8, Duration.ofSeconds(3)));
    assertThat(refused(door.admission, situation(ben, OTHER, Permission.OPERATOR), hundred).code())
        .isEqualTo(ReasonCode.QUEUE_FULL);
  }

  /** What one process has of the queue. */
  private record Door(Admission admission, JobQueue queue) {}

  private Door door(Database of, QueueLimits limits) {
    return new Door(
        new Admission(of, settings(limits), forecast(), clock),
        JobQueue.open(of, PictureStore.open(data), clock));
  }

  private static int acceptedAtOnce(List<Door> doors, long person, Allowances allowances)
      throws Exception {
    List<Future<Boolean>> asked = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      for (int i = 0; i < 40; i++) {
        Door door = doors.get(i % doors.size());
        asked.add(threads.submit(() -> isAccepted(door, person, allowances)));
      }
    }
    int accepted = 0;
    for (Future<Boolean> each : asked) {
      accepted += each.get() ? 1 : 0;
    }
    return accepted;
  }

  private static boolean isAccepted(Door door, long person, Allowances allowances) {
    Situation situation = situation(person, SERVER, Permission.EVERYBODY);
    try {
      door.admission.admit(
          new Asked(situation, allowances, COST),
          charge -> door.queue.submit(job(situation).within(charge)));
      return true;
    } catch (Refusal refusal) {
      return false;
    }
  }

  @Test
  void aFullServerIsFreeAgainWithTheNextCancelledJob() {
    Admission admission = admission(new QueueLimits(2, 100));
    Allowances allowances = waiting(100);
    Job first = submit(admission, anna, allowances);
    submit(admission, anna, allowances);

    assertThat(refused(admission, ben, allowances))
        .isEqualTo(Phrase.of(ReasonCode.SERVER_QUEUE_FULL, 2, 2, Duration.ofSeconds(5)));
    Situation elsewhere = situation(ben, OTHER, Permission.EVERYBODY);
    submit(admission, elsewhere, allowances);
    submit(admission, situation(ben, PRIVATE, Permission.EVERYBODY), allowances);
    submit(admission, situation(ben, SERVER, Permission.OPERATOR), allowances);

    queue.cancel(first.id());
    assertThat(refused(admission, ben, allowances).code())
        .as("the operator's stands there too")
        .isEqualTo(ReasonCode.SERVER_QUEUE_FULL);
    worker.claim(first.id() + 1, clock.instant());
    submit(admission, ben, allowances);
  }

  @Test
  void aDaysWorkIsSpentAndComesBackAtMidnight() {
    Admission admission = admission(QueueLimits.STANDARD);
    Allowances daily = daily(3 * COST);
    submit(admission, anna, daily);
    submit(admission, anna, daily);
    submit(admission, anna, daily);

    // The test's clock starts at 10:00 UTC.
    assertThat(refused(admission, anna, daily))
        .isEqualTo(
            Phrase.of(
                ReasonCode.QUOTA_SPENT,
                "0.017",
                "0",
                "0.049",
                Duration.ofHours(14),
                "2026-03-03T00:00Z[UTC]"));
    assertThat(left(admission, anna, daily)).isZero();
    clock.advance(Duration.ofHours(14).minusNanos(1000));
    assertThat(refused(admission, anna, daily).code()).isEqualTo(ReasonCode.QUOTA_SPENT);
    clock.advance(Duration.ofNanos(1000));
    assertThat(left(admission, anna, daily)).isEqualTo(3 * COST);
    submit(admission, anna, daily);
    assertThat(left(admission, anna, daily)).isEqualTo(2 * COST);
  }

  @Test
  void whatIsNotDrawnIsGivenBack() {
    Admission admission = admission(QueueLimits.STANDARD);
    Allowances daily = daily(10 * COST);
    Job cancelled = submit(admission, anna, daily);
    Job failed = submit(admission, anna, daily);
    Job expired = submit(admission, anna, daily);
    Job deleted = submit(admission, anna, daily);
    assertThat(left(admission, anna, daily)).isEqualTo(6 * COST);

    queue.cancel(cancelled.id());
    assertThat(left(admission, anna, daily)).isEqualTo(7 * COST);
    worker.claim(failed.id(), clock.instant());
    worker.fail(failed.id(), FAILURE, clock.instant());
    assertThat(left(admission, anna, daily)).isEqualTo(8 * COST);
    new JobDao(database).failWaiting(expired.id(), FAILURE, clock.instant());
    assertThat(left(admission, anna, daily)).isEqualTo(9 * COST);
    queue.delete(deleted.id());
    assertThat(left(admission, anna, daily)).isEqualTo(10 * COST);
  }

  @Test
  void whatIsDrawnIsNotGivenBack() {
    Admission admission = admission(QueueLimits.STANDARD);
    Allowances daily = daily(10 * COST);
    Job done = submit(admission, anna, daily);
    Job stopped = submit(admission, anna, daily);

    worker.claim(done.id(), clock.instant());
    worker.finish(done.id(), List.of(), List.of(), clock.instant());
    worker.claim(stopped.id(), clock.instant());
    worker.cancelRunning(stopped.id(), true, clock.instant());
    queue.delete(done.id());
    queue.delete(stopped.id());

    assertThat(left(admission, anna, daily)).isEqualTo(8 * COST);
  }

  @Test
  void yesterdaysJobsGiveNothingBackToToday() {
    Admission admission = admission(QueueLimits.STANDARD);
    Allowances daily = daily(10 * COST);
    Job yesterday = submit(admission, anna, daily);
    clock.advance(Duration.ofHours(14));
    submit(admission, anna, daily);

    queue.cancel(yesterday.id());

    assertThat(left(admission, anna, daily)).isEqualTo(9 * COST);
  }

  @Test
  void whatIsRefusedUsesNothing() {
    Admission admission = admission(new QueueLimits(1, 100));
    Allowances one = new Allowances(1, 1, OptionalLong.of(10 * COST), 1000, Duration.ofSeconds(1));
    submit(admission, situation(anna, PRIVATE, Permission.EVERYBODY), one);
    submit(admission, ben, one);

    assertThat(refused(admission, anna, one).code()).isEqualTo(ReasonCode.SERVER_QUEUE_FULL);
    assertThat(refused(admission, situation(anna, PRIVATE, Permission.EVERYBODY), one).code())
        .isEqualTo(ReasonCode.TOO_MANY_WAITING);

    assertThat(left(admission, anna, one)).isEqualTo(9 * COST);
    assertThat(new JobDao(database).countWaiting(100)).isEqualTo(2);
  }

  @Test
  void whoIsTooFastHearsWhenTheNextIsPossible() {
    Admission admission = admission(QueueLimits.STANDARD);
    Allowances slow = new Allowances(1, 100, OptionalLong.empty(), 2, Duration.ofMinutes(3));
    submit(admission, anna, slow);
    submit(admission, anna, slow);

    assertThat(refused(admission, anna, slow))
        .isEqualTo(
            Phrase.of(
                ReasonCode.RATE_LIMITED,
                2,
                Duration.ofMinutes(3),
                Duration.ofMinutes(3),
                "2026-03-02T10:03Z[UTC]"));
    submit(admission, situation(anna, SERVER, Permission.OPERATOR), slow);
    clock.advance(Duration.ofMinutes(3));
    submit(admission, anna, slow);
  }

  @Test
  void whoeverRunsTheProgramHasNoLimitOfTheirOwn() {
    Admission admission = admission(QueueLimits.STANDARD);
    Allowances little = new Allowances(1, 1, OptionalLong.of(COST), 1, Duration.ofDays(1));
    Situation operator = situation(anna, SERVER, Permission.OPERATOR);
    for (int i = 0; i < 5; i++) {
      submit(admission, operator, little);
    }
    assertThat(admission.quota(operator, little)).isEmpty();
    assertThat(refused(admission, anna, little).code())
        .as("what they have asked for counts where they are somebody else")
        .isEqualTo(ReasonCode.TOO_MANY_WAITING);
  }

  private Admission admission(QueueLimits limits) {
    return new Admission(database, settings(limits), forecast(), clock);
  }

  private static OperatorSettings settings(QueueLimits limits) {
    OperatorSettings usual = OperatorSettings.standard();
    return new OperatorSettings(
        usual.defaultModel(),
        usual.maxPixels(),
        usual.maxSteps(),
        usual.maxCount(),
        usual.maxPromptLength(),
        usual.allowances(),
        limits,
        usual.quotaDay());
  }

  private static Forecast forecast() {
    return new Forecast() {
      @Override
      public Optional<Duration> untilDone(long personId) {
        return Optional.of(Duration.ofSeconds(7));
      }

      @Override
      public Optional<Duration> untilDrawn(Realm server) {
        return Optional.of(Duration.ofSeconds(server.isEverywhere() ? 3 : 5));
      }
    };
  }

  private static Allowances waiting(int most) {
    return new Allowances(1, most, OptionalLong.empty(), 1000, Duration.ofSeconds(1));
  }

  private static Allowances daily(long work) {
    return new Allowances(1, 1000, OptionalLong.of(work), 1000, Duration.ofSeconds(1));
  }

  private Job submit(Admission admission, long person, Allowances allowances) {
    return submit(admission, situation(person, SERVER, Permission.EVERYBODY), allowances);
  }

  private Job submit(Admission admission, Situation situation, Allowances allowances) {
    return admission.admit(
        new Asked(situation, allowances, COST),
        charge -> queue.submit(job(situation).within(charge)));
  }

  private Phrase refused(Admission admission, long person, Allowances allowances) {
    return refused(admission, situation(person, SERVER, Permission.EVERYBODY), allowances);
  }

  private Phrase refused(Admission admission, Situation situation, Allowances allowances) {
    return catchThrowableOfType(Refusal.class, () -> submit(admission, situation, allowances))
        .phrase();
  }

  private static long left(Admission admission, long person, Allowances allowances) {
    return admission
        .quota(situation(person, SERVER, Permission.EVERYBODY), allowances)
        .orElseThrow()
        .left();
  }

  private static Situation situation(long person, Origin origin, Permission permission) {
    return new Situation(person, origin, Set.of(), permission, false);
  }

  private static NewJob job(Situation situation) {
    GenerationRequest request =
        new GenerationRequest(
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
    return NewJob.plain(situation.personId(), situation.origin(), request);
  }
}

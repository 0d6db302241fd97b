package dev.hyperbrush.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hyperbrush.TestClock;
import dev.hyperbrush.store.Charge;
import dev.hyperbrush.store.Hold;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.NewJob;
import dev.hyperbrush.store.OnEachDatabase;
import dev.hyperbrush.store.PersonUseDao;
import dev.hyperbrush.store.Realm;
import dev.hyperbrush.store.RequestRepeated;
import dev.hyperbrush.store.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** No command becomes two jobs, however often a platform hands it in. */
@OnEachDatabase
final class RequestNumberTest {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
  private static final int THREADS = 8;

  @Parameter private TestDatabase kind;
  @TempDir private Path data;
  private final TestClock clock = new TestClock();
  private OpenQueue open;

  @BeforeEach
  void open() {
    open = new OpenQueue(kind, data, clock);
  }

  @AfterEach
  void close() {
    open.close();
  }

  @Test
  void aNumberThatComesAgainIsTheSameJobAndCostsNothing() {
    Job first = open.queue.submit(numbered("update-1"));
    long spent = spent();

    assertThat(repeated(() -> open.queue.submit(numbered("update-1")))).isEqualTo(first.id());
    assertThat(repeated(() -> open.queue.held().hold(numbered("update-1"), hold())))
        .isEqualTo(first.id());

    assertThat(open.queue.requested("web", "update-1")).contains(first.id());
    assertThat(open.queue.unfinished(open.person, 9)).hasSize(1);
    assertThat(spent()).isEqualTo(spent).isPositive();
    assertThat(open.queue.submit(numbered("update-2")).id()).isNotEqualTo(first.id());
  }

  @Test
  void aHeldJobIsNotAskedForTwiceEither() {
    Job held = open.queue.held().hold(numbered("update-1"), hold());

    assertThat(repeated(() -> open.queue.submit(numbered("update-1")))).isEqualTo(held.id());
    assertThat(open.queue.unfinished(open.person, 9))
        .extracting(Job::id)
        .containsExactly(held.id());
  }

  @Test
  void aNumberIsRememberedOverARestartAndAfterTheJobIsGone() {
    Job first = open.queue.submit(numbered("update-1"));
    open.queue.delete(first.id());
    open.close();
    open = new OpenQueue(kind, data, clock);

    assertThat(repeated(() -> open.queue.submit(numbered("update-1")))).isEqualTo(first.id());
    assertThat(open.queue.unfinished(open.person, 9)).isEmpty();
  }

  @Test
  void ofManyWhoHandItInAtOnceOneMakesTheJob() throws Exception {
    long other = open.person("other");
    CyclicBarrier together = new CyclicBarrier(THREADS);
    List<Future<Long>> ids = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (int i = 0; i < THREADS; i++) {
        // Different people do not wait for each other's rows.
        long asking = i % 2 == 0 ? open.person : other;
        ids.add(
            threads.submit(() -> {
              together.await();
              try {
                return open.queue.submit(numbered(asking, "update-1")).id();
              } catch (RequestRepeated before) {
                return before.jobId();
              }
            }));
      }
    }

    long job = ids.getFirst().get();
    for (Future<Long> id : ids) {
      assertThat(id.get()).isEqualTo(job);
    }
    assertThat(open.queue.waitingJobs(99)).extracting(Job::id).containsExactly(job);
  }

  @Test
  void whatIsTooOldToComeAgainIsForgotten() {
    open.queue.submit(numbered("update-1"));
    clock.advance(Duration.ofDays(2));
    open.queue.submit(numbered("update-2"));
    tidy();
    assertThat(open.queue.requested("web", "update-1")).isPresent();

    clock.advance(Duration.ofDays(2));
    tidy();

    assertThat(open.queue.requested("web", "update-1")).isEmpty();
    assertThat(open.queue.requested("web", "update-2")).isPresent();
  }

  private void tidy() {
    try (Housekeeping housekeeping =
        open.queue.housekeeper(new RetentionSettings(Optional.empty(), OptionalLong.empty()))) {
      housekeeping.tidy();
    }
  }

  private NewJob numbered(String number) {
    return numbered(open.person, number);
  }

  private static NewJob numbered(long person, String number) {
    return NewJob.plain(person, OpenQueue.ORIGIN, OpenQueue.request("a red circle", 1, 1))
        .within(new Charge(9, DAY, OptionalLong.of(Integer.MAX_VALUE)))
        .numbered(Optional.of(number));
  }

  private static Hold hold() {
    return new Hold(Realm.EVERYWHERE, 3, "to be looked at", true);
  }

  private long spent() {
    return new PersonUseDao(open.database).spent(open.person, DAY);
  }

  private static long repeated(Runnable work) {
    return catchThrowableOfType(RequestRepeated.class, work::run).jobId();
  }
}

package dev.hyperbrush.queue;

import static dev.hyperbrush.queue.OpenQueue.ORIGIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.TestClock;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.NewJob;
import dev.hyperbrush.store.OnEachDatabase;
import dev.hyperbrush.store.Origin;
import dev.hyperbrush.store.OutlookDao;
import dev.hyperbrush.store.OutlookDao.Running;
import dev.hyperbrush.store.Realm;
import dev.hyperbrush.store.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

@OnEachDatabase
final class WaitEstimateTest {
  private static final Duration JOB = Duration.ofSeconds(4);

  /** Of each request here, in pixel-steps. */
  private static final long COST = 64 * 64 * 4;

  private final TestClock clock = new TestClock();
  @Parameter private TestDatabase kind;
  @TempDir private Path data;
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
  void noTimeIsSaidBeforeOneIsKnown() {
    Job job = open.submit(1);

    assertThat(queue.place(job)).isEqualTo(new Place(1, Optional.empty()));
    assertThat(queue.forecast().untilDone(open.person)).isEmpty();
    assertThat(queue.forecast().untilDrawn(Realm.EVERYWHERE)).isEmpty();
    measure();
    assertThat(queue.place(job)).isEqualTo(place(1, JOB));
  }

  @Test
  void ofAShortQueueEveryPlaceIsExactAtOnce() {
    measure();
    Job first = open.submit(1);
    Job second = open.submit(2);
    Job third = open.submit(3);
    assertThat(queue.place(third)).isEqualTo(place(3, JOB.multipliedBy(3)));

    RunningJob running = queue.running().claimNext("worker").orElseThrow();
    assertThat(running.job()).isEqualTo(queue.find(first.id()).orElseThrow());
    assertThat(queue.place(first)).isEqualTo(Place.NONE);
    assertThat(queue.place(second)).isEqualTo(place(1, JOB.multipliedBy(2)));
    clock.advance(JOB.dividedBy(4));
    assertThat(queue.place(second)).isEqualTo(place(1, Duration.ofSeconds(7)));
    assertThat(queue.forecast().untilDone(open.person)).contains(Duration.ofSeconds(3));
    assertThat(queue.forecast().untilDrawn(Realm.EVERYWHERE)).contains(Duration.ofSeconds(3));

    queue.cancel(second.id());
    assertThat(queue.place(third)).isEqualTo(place(1, Duration.ofSeconds(7)));
    assertThat(queue.front(10)).containsExactly(new Placed(third.id(), queue.place(third)));
  }

  @Test
  void aServersNextJobIsForeseen() {
    measure();
    Origin server = new Origin("discord", "art", Optional.of("guild"));
    open.submit(open.person("ben"), 1, 1);
    queue.submit(
        NewJob.plain(open.person("anna"), server, OpenQueue.request("a red circle", 1, 1)));
    queue.submit(
        NewJob.plain(open.person("anna"), server, OpenQueue.request("a red circle", 2, 1)));

    assertThat(queue.forecast().untilDrawn(Realm.around(server))).contains(JOB);
    assertThat(queue.forecast().untilDrawn(Realm.around(ORIGIN)))
        .as("everybody's")
        .contains(Duration.ZERO);
  }

  @Test
  void ofALongQueueTheOrderIsThatOfTheQueueAndReadOnceASecond() {
    Queue<Runnable> background = new ArrayDeque<>();
    DrawingSpeeds speeds = queue.speeds();
    WaitEstimate estimate =
        new WaitEstimate(
            new OutlookDao(open.database),
            speeds,
            new SwitchCost(new ModelSwitches(), Duration.ZERO),
            clock,
            background::add,
            "here/");
    Random random = new Random(3);
    List<Long> people = List.of(open.person("a"), open.person("b"), open.person("c"));
    for (int i = 0; i < 2 * WaitEstimate.SHORT; i++) {
      open.submit(people.get(random.nextInt(3)), 1 + random.nextInt(3), i);
    }
    List<Job> order = queue.waitingJobs(1000);

    assertThat(estimate.waiting()).isEqualTo(order.size());
    for (int rank = 0; rank < order.size(); rank += 7) {
      assertThat(estimate.place(order.get(rank)).position()).isEqualTo(rank + 1);
    }
    queue.cancel(order.getFirst().id());
    assertThat(estimate.place(order.getFirst())).isEqualTo(Place.NONE);
    assertThat(estimate.place(order.get(50)).position()).as("as it was").isBetween(50, 51);
    assertThat(estimate.waiting()).isEqualTo(order.size());
    clock.advance(Duration.ofSeconds(1));
    assertThat(estimate.waiting()).isEqualTo(order.size() - 1);
    Job last = queue.waitingJobs(1000).getLast();
    assertThat(estimate.place(last).position()).isEqualTo(order.size() - 1);
    assertThat(background).as("what is read at once needs none").isEmpty();
  }

  @Test
  void theSpeedOutlivesTheProcessAndFollowsTheMachine() {
    measure();
    open.close();
    open();
    Job job = open.submit(1);
    assertThat(queue.place(job)).isEqualTo(place(1, JOB));

    queue.speeds().drawn("tiny", COST, Duration.ofMinutes(5), false);
    assertThat(queue.place(job)).as("while it was loaded").isEqualTo(place(1, JOB));
    for (int i = 0; i < 50; i++) {
      queue.speeds().drawn("tiny", COST, JOB.dividedBy(2), true);
    }
    assertThat(queue.place(job).readyIn().orElseThrow())
        .isBetween(JOB.dividedBy(2), JOB.dividedBy(2).plusMillis(50));
    queue.speeds().drawn("other", COST, JOB, true);
    assertThat(queue.place(job).readyIn().orElseThrow()).isLessThan(JOB);
  }

  @Test
  void everyWorkerIsCountedWhereverItIs() {
    List<Running> running = new ArrayList<>();
    assertThat(Drawing.of(running, "here/", 0).workers()).isEqualTo(1);
    assertThat(Drawing.of(running, "here/", 3).workers()).isEqualTo(3);
    running.add(running(1, "here/1"));
    running.add(running(2, "there/1"));
    running.add(running(3, "there/2"));
    running.add(running(4, "there/2"));
    assertThat(Drawing.of(running, "here/", 1).workers()).isEqualTo(3);
    assertThat(Drawing.of(running, "here/", 2).workers()).isEqualTo(4);
  }

  @Test
  void anIdleWorkerBeginsAtOnce() {
    measure();
    queue.estimate().addWorkers(2);
    open.submit(1);
    assertThat(queue.running().claimNext("worker")).isPresent();
    Job second = open.submit(2);
    Job third = open.submit(3);

    assertThat(queue.place(second)).isEqualTo(place(1, JOB));
    assertThat(queue.place(third)).isEqualTo(place(2, JOB.multipliedBy(2)));
  }

  private void measure() {
    queue.speeds().drawn("tiny", COST, JOB, false);
  }

  private static Place place(int position, Duration readyIn) {
    return new Place(position, Optional.of(readyIn));
  }

  private Running running(long id, String owner) {
    return new Running(id, 1, COST, "tiny", clock.instant(), Optional.of(owner));
  }
}

package dev.hyperbrush.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hyperbrush.TestClock;
import dev.hyperbrush.chat.Painter;
import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.generation.Seed;
import dev.hyperbrush.queue.JobQueue;
import dev.hyperbrush.queue.Worker;
import dev.hyperbrush.store.Database;
import dev.hyperbrush.store.Destination;
import dev.hyperbrush.store.Hold;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobState;
import dev.hyperbrush.store.NewJob;
import dev.hyperbrush.store.Origin;
import dev.hyperbrush.store.PersonDao;
import dev.hyperbrush.store.PictureStore;
import dev.hyperbrush.store.Realm;
import dev.hyperbrush.store.Route;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProgressMessagesTest {
  private static final Duration PACE = ProgressPace.BETWEEN_EDITS;
  private static final int STEPS = 10;

  private final TestClock clock = new TestClock();
  private final Painter painter = new Painter();
  private final BlockingQueue<Progress> shown = new LinkedBlockingQueue<>();
  private final List<AutoCloseable> parts = new ArrayList<>();
  private ProgressBoard board = shown::add;
  private Database database;
  private JobQueue queue;
  private ProgressMessages progress;
  private long anna;

  @BeforeEach
  void open(@TempDir Path data) {
    database = Database.open(data);
    queue = JobQueue.open(database, PictureStore.open(data), clock);
    anna = new PersonDao(database, clock).idOf("fake", "1", "Anna");
    progress = follow();
    painter.hold();
  }

  @AfterEach
  void close() throws Exception {
    painter.go();
    for (AutoCloseable part : parts.reversed()) {
      part.close();
    }
    database.close();
  }

  @Test
  void ofThePlaceEveryHalvingIsShownAndNotTooSoon() {
    List<Job> others = new ArrayList<>();
    for (int seed = 1; seed <= 8; seed++) {
      others.add(queue.submit(job(seed, "elsewhere")));
    }
    Job mine = queue.submit(job(9, "fake"));
    awaitFollowed(1);
    pass(Duration.ZERO);

    others.subList(0, 4).forEach(job -> queue.cancel(job.id())); // from 9 to 5
    awaitToldOf(others.get(3));
    pass(PACE);
    await().until(this::isIdle);
    assertThat(shown).isEmpty();

    queue.cancel(others.get(4).id()); // to 4
    awaitToldOf(others.get(4));
    pass(Duration.ZERO);
    Progress edit = next();
    assertThat(edit.job()).isEqualTo(mine);
    assertThat(edit.place().position()).isEqualTo(4);
    assertThat(edit.address()).isEqualTo("message of 9");
    assertThat(edit.language()).isEqualTo(Locale.GERMAN);

    queue.cancel(others.get(5).id());
    queue.cancel(others.get(6).id()); // to 2
    awaitToldOf(others.get(6));
    pass(Duration.ofSeconds(2));
    await().until(this::isIdle);
    assertThat(shown).as("too soon").isEmpty();
    pass(Duration.ofSeconds(1));
    assertThat(next().place().position()).isEqualTo(2);
  }

  @Test
  void whatTakesLongIsShownAgainAndAgainAndNothingAtItsEnd() {
    Job job = submit(1).getFirst();
    work();
    awaitFollowed(1);
    await().until(() -> drawing() == 1);

    pass(PACE);
    assertThat(next().step()).isZero();
    painter.step(1);
    awaitStep(1);
    pass(Duration.ofSeconds(1));
    assertThat(shown).as("an edit a second").isEmpty();
    pass(PACE);
    Progress first = next();
    assertThat(first.step()).isEqualTo(1);
    assertThat(first.steps()).isEqualTo(STEPS);
    assertThat(first.place().position()).isZero();
    painter.step(8);
    awaitStep(9);
    pass(PACE);
    assertThat(shown).as("a second before the picture").isEmpty();

    painter.go();
    awaitEnd(job);
    pass(PACE);
    assertThat(shown).isEmpty();
  }

  @Test
  void whatIsQuickIsNotShownAtAll() {
    work();
    painter.go();
    for (Job job : submit(5)) {
      awaitEnd(job);
    }
    pass(PACE);

    assertThat(shown).isEmpty();
    awaitFollowed(0);
  }

  @Test
  void theEndWaitsForTheEditThatIsUnderWay() throws Exception {
    List<String> order = new ArrayList<>();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    board =
        _ -> {
          begun.countDown();
          end.await();
          order.add("edited");
        };
    Job job = beginDrawing();
    pass(PACE);
    begun.await();
    Courier courier =
        progress.before(Map.of("fake", new Remembering(order))).values().iterator().next();

    painter.go();
    awaitEnd(job);
    Thread post =
        Thread.ofPlatform().start(() -> post(courier, queue.find(job.id()).orElseThrow()));
    await().until(() -> post.getState() == Thread.State.TIMED_WAITING);
    end.countDown();
    post.join();

    assertThat(order).containsExactly("edited", "posted");
    awaitFollowed(0);
  }

  @Test
  void ofOneJobThereIsOneEditAtATimeWhateverComesOfIt() throws Exception {
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch end = new CountDownLatch(1);
    board =
        edit -> {
          most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
          end.await();
          atOnce.decrementAndGet();
          shown.add(edit);
          throw new IOException("the platform is away");
        };
    beginDrawing();
    pass(PACE);
    await().until(() -> atOnce.get() == 1);
    pass(PACE);
    pass(PACE);
    end.countDown();

    assertThat(next().step()).isZero();
    await().until(this::isIdle);
    pass(PACE);
    assertThat(next().step()).isZero();
    assertThat(most).hasValue(1);
  }

  @Test
  void afterARestartTheJobsAreTakenUpAtTheirMessages() {
    List<Job> jobs = submit(4);
    progress.close();
    queue.reroute(jobs.getLast().id(), route("new message"));
    progress = follow();
    awaitFollowed(4);
    pass(Duration.ZERO); // it cannot know which places the messages show
    assertThat(shown).isEmpty();

    queue.cancel(jobs.get(0).id());
    queue.cancel(jobs.get(1).id());
    awaitFollowed(2);
    pass(PACE);

    assertThat(List.of(next().address(), next().address()))
        .containsExactlyInAnyOrder("message of 3", "new message");
  }

  @Test
  void whoeverWaitedForAModeratorSeesThatThatIsOver() {
    Job held = queue.held().hold(job(1, "fake"), new Hold(Realm.EVERYWHERE, 1, "", true));
    awaitFollowed(1);
    queue.held().release(held.id());
    await().until(() -> queue.find(held.id()).orElseThrow().state() == JobState.QUEUED);
    pass(PACE);
    pass(Duration.ofSeconds(1));

    assertThat(next().place().position()).isEqualTo(1);
  }

  @Test
  void othersAreNotFollowedAndNobodyCostsNothing() {
    queue.submit(job(1, "elsewhere"));
    Job mine = queue.submit(job(2, "fake").told(Route.NONE));
    work();
    awaitFollowed(1);
    await().until(() -> drawing() == 0);
    painter.step(STEPS);
    await().until(() -> drawing() == 1);

    pass(PACE);

    assertThat(progress.messages()).hasSize(1);
    await().until(this::isIdle);
    assertThat(shown).as("there is no message").isEmpty();
    painter.go();
    awaitEnd(mine);
    awaitFollowed(0);
  }

  private ProgressMessages follow() {
    ProgressMessages made =
        new ProgressMessages(queue, database, Map.of("fake", edit -> board.show(edit)), clock);
    parts.add(made);
    return made;
  }

  private void work() {
    parts.add(Worker.start(queue, painter, painter));
  }

  private Job beginDrawing() {
    Job job = submit(1).getFirst();
    work();
    await().until(() -> drawing() == 1);
    return job;
  }

  private List<Job> submit(int count) {
    List<Job> jobs = new ArrayList<>();
    for (int seed = 1; seed <= count; seed++) {
      jobs.add(queue.submit(job(seed, "fake")));
    }
    return jobs;
  }

  private NewJob job(int seed, String platform) {
    GenerationRequest request =
        new GenerationRequest(
            "tiny",
            "a red circle",
            "",
            new ImageSize(64, 64),
            STEPS,
            0,
            "TCD",
            0.3,
            new Seed(seed),
            1,
            List.of(),
            0);
    return NewJob.plain(anna, new Origin(platform, "here", Optional.empty()), request)
        .told(route("message of " + seed));
  }

  private static Route route(String address) {
    return new Route("de", List.of(new Destination("here", address)));
  }

  /** Time goes by, and then it looks. */
  private void pass(Duration time) {
    clock.advance(time);
    progress.look();
  }

  private Progress next() {
    await().until(() -> !shown.isEmpty());
    return shown.remove();
  }

  private void awaitToldOf(Job ended) {
    await().until(() -> !progress.others().contains(ended.id()));
  }

  private void awaitFollowed(int count) {
    await().until(() -> progress.messages().size() == count);
  }

  private Stream<ProgressMessage> following() {
    return progress.messages().values().stream();
  }

  private long drawing() {
    return following().filter(ProgressMessage::isDrawing).count();
  }

  private boolean isIdle() {
    return following().noneMatch(ProgressMessage::isEditing);
  }

  private void awaitStep(int step) {
    await().until(() -> following().anyMatch(message -> message.step() == step));
  }

  private void awaitEnd(Job job) {
    await().until(() -> queue.find(job.id()).orElseThrow().state() == JobState.DONE);
  }

  private static void post(Courier courier, Job job) {
    try {
      courier.post(new Post(job, List.of(), "", Locale.ENGLISH, false, "n"));
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Remembers that something was posted. */
  private record Remembering(List<String> order) implements Courier {
    @Override
    public Outcome post(Post post) {
      order.add("posted");
      return Outcome.done();
    }

    @Override
    public Outcome withdraw(Withdrawal withdrawal) {
      return Outcome.done();
    }
  }
}

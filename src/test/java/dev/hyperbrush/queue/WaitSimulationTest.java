package dev.hyperbrush.queue;

import static dev.hyperbrush.queue.OpenQueue.ORIGIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.TestClock;
import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.GenerationResult;
import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.generation.Seed;
import dev.hyperbrush.scheduler.PixelSteps;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.NewJob;
import dev.hyperbrush.store.Route;
import dev.hyperbrush.store.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * People ask at random, workers draw, and what was said about the wait is compared with how long it
 * was: the queue, its database and its estimate as they are, with simulated time.
 */
final class WaitSimulationTest {
  private static final double PIXEL_STEPS_PER_SECOND = 10_000;

  /** Of drawing a job: 96 times 64 pixels and 4.5 steps on average. */
  private static final double MEAN_SECONDS = 96 * 64 * 4.5 / PIXEL_STEPS_PER_SECOND;

  private static final int PEOPLE = 20;
  private static final int WARM_UP = 150;

  @TempDir private Path data;

  /** Something happens: a job is done, or, with no job, somebody asks. */
  private record Event(Instant at, Optional<RunningJob> done, String worker) {}

  private record Said(Instant at, Duration readyIn) {}

  /** One run. */
  private static final class World implements AutoCloseable {
    final Random random = new Random(7);
    final TestClock clock = new TestClock();
    final OpenQueue open;
    final PriorityQueue<Event> events = new PriorityQueue<>(Comparator.comparing(Event::at));
    final List<String> idle = new ArrayList<>();
    final Map<Long, Said> said = new HashMap<>();
    final List<Double> ratios = new ArrayList<>();
    int drawn;

    World(Path data, int workers) {
      open = new OpenQueue(TestDatabase.H2, data, clock);
      for (int i = 0; i < workers; i++) {
        idle.add("worker-" + i);
      }
      open.queue.estimate().addWorkers(workers);
    }

    /**
     * Lets time pass.
     *
     * @param share of what the workers can draw that some people ask for, at random times
     * @param backlog jobs of one more person that wait at any time
     */
    void run(double share, int backlog, int jobs) {
      double between = MEAN_SECONDS / (share * idle.size());
      long flooder = open.person("flooder");
      List<Long> people = new ArrayList<>();
      for (int i = 0; i < PEOPLE; i++) {
        people.add(open.person("person " + i));
      }
      for (int i = 0; i < backlog; i++) {
        ask(flooder);
      }
      events.add(new Event(after(0), Optional.empty(), ""));
      while (ratios.size() < jobs) {
        Event event = events.remove();
        clock.advance(Duration.between(clock.instant(), event.at()));
        if (event.done().isPresent()) {
          RunningJob done = event.done().get();
          done(done, event.worker());
          if (done.job().personId() == flooder) {
            ask(flooder);
          }
        } else {
          ask(people.get(random.nextInt(PEOPLE)));
          double next = -Math.log(1 - random.nextDouble()) * between;
          events.add(new Event(after(next), Optional.empty(), ""));
        }
        begin();
      }
    }

    void ask(long person) {
      Job job = open.queue.submit(job(person));
      if (drawn < WARM_UP) {
        return;
      }
      open.queue
          .place(job)
          .readyIn()
          .ifPresent(time -> said.put(job.id(), new Said(clock.instant(), time)));
    }

    NewJob job(long person) {
      int[] sides = {64, 96, 128};
      GenerationRequest request =
          new GenerationRequest(
              "tiny",
              "a red circle",
              "",
              new ImageSize(sides[random.nextInt(3)], 64),
              2 + random.nextInt(6),
              0,
              "TCD",
              0,
              new Seed(1),
              1,
              List.of(),
              0);
      return new NewJob(person, ORIGIN, request, Optional.empty(), false, 1, Route.NONE);
    }

    /** A job takes what its cost says, give or take a fifth. */
    void begin() {
      while (!idle.isEmpty()) {
        String worker = idle.getLast();
        Optional<RunningJob> claimed = open.queue.running().claimNext(worker);
        if (claimed.isEmpty()) {
          return;
        }
        idle.removeLast();
        double usual = PixelSteps.of(claimed.get().job().request()) / PIXEL_STEPS_PER_SECOND;
        double seconds = usual * random.nextDouble(0.8, 1.2);
        events.add(new Event(after(seconds), claimed, worker));
      }
    }

    void done(RunningJob claimed, String worker) {
      Job job = claimed.job();
      Duration took = Duration.between(started(claimed), clock.instant());
      open.queue.running().done(claimed, List.of(), new GenerationResult(List.of(), List.of()));
      open.queue.speeds().drawn("tiny", PixelSteps.of(job.request()), took, true);
      idle.add(worker);
      Said estimate = said.remove(job.id());
      drawn++;
      if (estimate != null) {
        double actual = seconds(Duration.between(estimate.at(), clock.instant()));
        ratios.add(seconds(estimate.readyIn()) / actual);
      }
    }

    private Instant started(RunningJob claimed) {
      return open.find(claimed.job().id()).startedAt().orElseThrow();
    }

    Instant after(double seconds) {
      return clock.instant().plus(Duration.ofNanos((long) (seconds * 1e9)));
    }

    static double seconds(Duration time) {
      return time.toNanos() / 1e9;
    }

    @Override
    public void close() {
      open.close();
    }
  }

  /**
   * Of twenty people who ask at random, one worker's or several's; and of one more person who has
   * asked for much, whom the others overtake.
   */
  @ParameterizedTest
  @CsvSource({"1, 0.9, 0", "3, 0.9, 0", "1, 0.7, 30", "4, 0.3, 30"})
  void theWaitIsAsLongAsWasSaid(int workers, double share, int backlog) {
    try (World world = new World(data, workers)) {
      world.run(share, backlog, 200);

      List<Double> ratios = world.ratios.stream().sorted().toList();
      assertThat(ratios.get(ratios.size() / 2)).as("median").isBetween(0.9, 1.1);
      assertThat(ratios)
          .filteredOn(ratio -> ratio > 1 / 1.5 && ratio < 1.5)
          .as("said within a factor of 1.5")
          .hasSizeGreaterThan(ratios.size() * 17 / 20);
    }
  }
}

package dev.hyperbrush.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.TestClock;
import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.generation.LoraWeight;
import dev.hyperbrush.generation.Seed;
import dev.hyperbrush.store.ClaimDao.Candidate;
import dev.hyperbrush.store.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** One worker in simulated time, which needs a second to draw and five to change the model. */
final class ModelAffinityTest {
  private static final long COST = 1_000_000;
  private static final Duration DRAWING = Duration.ofSeconds(1);
  private static final Duration CHANGE = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final TestClock clock = new TestClock();
  private final ModelSwitches switches = new ModelSwitches();

  @Test
  void peopleWhoWantTwoModelsAreDrawnForModelByModel() {
    Simulation strict = new Simulation(Duration.ZERO);
    Simulation keeping = new Simulation(PATIENCE);
    for (Simulation each : List.of(strict, keeping)) {
      for (int i = 0; i < 200; i++) {
        each.submit(i % 10, i % 2 == 0 ? "a" : "b", "");
      }
      each.drawAll();
    }
    assertThat(strict.changes).isEqualTo(200);
    assertThat(keeping.changes).isLessThanOrEqualTo(200 / 16);
    assertThat(keeping.seconds()).isLessThan(strict.seconds() / 3);
  }

  @RepeatedTest(10)
  void nobodyIsPassedOverForLongerThanThePatience(RepetitionInfo repetition) {
    Random chance = new Random(repetition.getCurrentRepetition());
    Simulation queue = new Simulation(PATIENCE);
    int models = 2 + chance.nextInt(4);
    for (int step = 0; step < 400; step++) {
      for (int i = chance.nextInt(3); i > 0 || queue.model.size() < 2; i--) {
        queue.submit(chance.nextInt(20), "model" + chance.nextInt(models), "");
      }
      queue.draw();
    }
    queue.drawAll();
    Duration bound = PATIENCE.plus(DRAWING).plus(CHANGE);
    assertThat(queue.passedFor.values()).allMatch(time -> time.compareTo(bound) <= 0);
    assertThat(queue.passedFor.values()).anyMatch(Duration::isPositive);
  }

  @Test
  void sharesStayAsTheyAre() {
    Simulation queue = new Simulation(PATIENCE);
    Map<Long, Integer> drawn = new HashMap<>();
    for (int person = 0; person < 10; person++) {
      queue.submit(person, person < 7 ? "a" : "b", "");
      queue.submit(person, person < 7 ? "a" : "b", "");
    }
    for (int i = 0; i < 4000; i++) {
      long person = queue.draw();
      drawn.merge(person, 1, Integer::sum);
      queue.submit(person, person < 7 ? "a" : "b", "");
    }
    assertThat(drawn.values()).allMatch(count -> count >= 380 && count <= 420, "400 each");
    assertThat(queue.changes).isLessThan(400);
  }

  @Test
  void otherLorasAreAChangeThatIsPutOffToo() {
    Simulation queue = new Simulation(PATIENCE);
    for (int i = 0; i < 12; i++) {
      queue.submit(i, "a", i % 2 == 0 ? "one" : "two");
    }
    queue.submit(20, "b", "");
    queue.submit(21, "a", "one");
    queue.drawAll();
    assertThat(queue.loaded).containsExactly("a one:1", "a two:1", "b ");
  }

  @Test
  void fairOrderIsStrictWithoutPatienceOrWhereAChangeCostsNothing() {
    switches.add(Duration.ZERO);
    for (Duration patience : List.of(Duration.ZERO, PATIENCE)) {
      Simulation queue = new Simulation(patience);
      for (int i = 0; i < 40; i++) {
        queue.submit(i % 4, i % 2 == 0 ? "a" : "b", "");
      }
      queue.drawAll();
      assertThat(queue.changes).isEqualTo(40);
      assertThat(queue.passedFor.values()).allMatch(Duration::isZero);
    }
  }

  @Test
  void twoWorkersKeepAModelEachAndNeitherIsIdleWhileAnythingWaits() {
    List<Candidate> waiting = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      waiting.add(new Candidate(i, i, i % 2 == 0 ? "a" : "b", ""));
    }
    ModelAffinity one = loadedWith("a");
    ModelAffinity two = loadedWith("b");
    for (int i = 0; i < 6; i++) {
      assertThat(take(one, waiting).model()).isEqualTo("a");
      assertThat(take(two, waiting).model()).isEqualTo("b");
      clock.advance(DRAWING);
    }
    waiting.add(new Candidate(20, 20, "a", ""));
    assertThat(take(two, waiting).id()).isEqualTo(20);
  }

  private ModelAffinity loadedWith(String name) {
    ModelAffinity affinity = new ModelAffinity(PATIENCE, switches);
    affinity.loaded(wish(name, List.of()));
    return affinity;
  }

  private Candidate take(ModelAffinity affinity, List<Candidate> waiting) {
    List<Candidate> front = List.copyOf(waiting);
    Candidate taken = affinity.inOrder(front, clock.instant()).getFirst();
    affinity.took(taken, front, clock.instant());
    waiting.remove(taken);
    return taken;
  }

  private static GenerationRequest wish(String name, List<LoraWeight> loras) {
    return new GenerationRequest(
        name, "a circle", "", new ImageSize(64, 64), 4, 0, "TCD", 0, new Seed(1), 1, loras, 0);
  }

  /** A queue and its only worker. */
  private final class Simulation {
    private final FairQueueModel queue = new FairQueueModel(new StartTimeFairQueueing());
    private final ModelAffinity affinity;
    final Map<Long, GenerationRequest> model = new HashMap<>();

    /** For how long jobs behind it in fair order were drawn before a job. */
    final Map<Long, Duration> passedFor = new HashMap<>();

    final List<String> loaded = new ArrayList<>();
    int changes;
    private Duration worked = Duration.ZERO;

    Simulation(Duration patience) {
      affinity = new ModelAffinity(patience, switches);
    }

    void submit(long person, String name, String lora) {
      List<LoraWeight> loras = lora.isEmpty() ? List.of() : List.of(new LoraWeight(lora, 1));
      model.put(queue.submit(person, new Work(COST, 1)).id(), wish(name, loras));
    }

    /** Whom the next picture is for. */
    long draw() {
      List<FairQueueModel.Waiting> front = queue.front(affinity.window());
      List<Candidate> candidates = front.stream().map(this::candidate).toList();
      Candidate taken = affinity.inOrder(candidates, clock.instant()).getFirst();
      affinity.took(taken, candidates, clock.instant());
      int place = candidates.indexOf(taken);
      queue.claim(front.get(place));
      GenerationRequest request = request(taken.id());
      model.remove(taken.id());
      String weights = request.model() + " " + request.lorasText();
      boolean change = loaded.isEmpty() || !loaded.getLast().equals(weights);
      if (change) {
        loaded.add(weights);
        changes++;
      }
      Duration took = change ? DRAWING.plus(CHANGE) : DRAWING;
      clock.advance(took);
      worked = worked.plus(took);
      front.subList(0, place).forEach(job -> passedFor.merge(job.id(), took, Duration::plus));
      affinity.loaded(request);
      return front.get(place).person();
    }

    private Candidate candidate(FairQueueModel.Waiting job) {
      GenerationRequest request = request(job.id());
      return new Candidate(job.id(), job.tags().start(), request.model(), request.lorasText());
    }

    private GenerationRequest request(long id) {
      return Optional.ofNullable(model.get(id)).orElseThrow();
    }

    void drawAll() {
      while (queue.size() > 0) {
        draw();
      }
    }

    long seconds() {
      return worked.toSeconds();
    }
  }
}

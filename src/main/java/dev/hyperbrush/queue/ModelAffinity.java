package dev.hyperbrush.queue;

import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.store.ClaimDao.Candidate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Which of the first waiting jobs a worker takes: rather one for the model that it has loaded, with
 * the LoRAs that are fused, than the first of all, since changing the model takes longer than many
 * a picture.
 *
 * <p>Fair order holds all the same, but for a little: a job that others were taken before for as
 * long as the worker's patience is passed over no more. From then on only those go before it that
 * are before it in fair order. So nobody waits longer than in fair order by more than that time and
 * the drawing of one picture. Owned by one thread.
 */
final class ModelAffinity {
  /** How many of the first jobs are looked at. */
  static final int WINDOW = 32;

  /** From so many jobs on, those that are not at the front any more are forgotten. */
  private static final int REMEMBERED = 8 * WINDOW;

  /** A model is kept for at most so many times what changing it costs. */
  private static final int WORTH = 10;

  private final Duration mostPatience;
  private final ModelSwitches switches;

  /** Since when jobs are passed over, in the order in which that began. */
  private final LinkedHashMap<Long, Instant> passed = new LinkedHashMap<>();

  private Optional<Loaded> loaded = Optional.empty();

  /** What the worker can draw with at once. */
  private record Loaded(String model, String loras) {}

  /**
   * Of a worker that has nothing loaded.
   *
   * @param mostPatience zero for none
   * @param switches what changing the model costs
   */
  ModelAffinity(Duration mostPatience, ModelSwitches switches) {
    this.mostPatience = mostPatience;
    this.switches = switches;
  }

  /** One for whom every model is as good as any other. */
  static ModelAffinity none() {
    return new ModelAffinity(Duration.ZERO, new ModelSwitches());
  }

  /** How many jobs to look at. */
  int window() {
    return loaded.isPresent() && patience().isPositive() ? WINDOW : Claims.CANDIDATES;
  }

  /** The model was loaded for this request. */
  void loaded(GenerationRequest request) {
    loaded = Optional.of(new Loaded(request.model(), request.lorasText()));
  }

  /**
   * In which order to try to take the first jobs of the queue.
   *
   * @param front in fair order
   */
  List<Candidate> inOrder(List<Candidate> front, Instant now) {
    if (loaded.isEmpty() || front.isEmpty() || isLoaded(front.getFirst())) {
      return front;
    }
    List<Candidate> allowed = front.subList(0, firstOverdue(front, now) + 1);
    List<Candidate> order = new ArrayList<>(allowed);
    order.sort(Comparator.comparingInt(this::change)); // stable: fair order within
    order.addAll(front.subList(allowed.size(), front.size()));
    return order;
  }

  /** The place of the first job that must not be passed over any more; else the last place. */
  private int firstOverdue(List<Candidate> front, Instant now) {
    Instant late = now.minus(patience());
    for (int i = 0; i < front.size(); i++) {
      Instant since = passed.getOrDefault(front.get(i).id(), now);
      if (!since.isAfter(late)) {
        return i;
      }
    }
    return front.size() - 1;
  }

  /** Notes which jobs were passed over for one. */
  void took(Candidate taken, List<Candidate> front, Instant now) {
    for (Candidate before : front) {
      if (before.id() == taken.id()) {
        break;
      }
      passed.putIfAbsent(before.id(), now);
    }
    passed.remove(taken.id());
    if (passed.size() > REMEMBERED) { // most of them were taken by others
      passed.keySet().retainAll(front.stream().map(Candidate::id).toList());
    }
  }

  private boolean isLoaded(Candidate job) {
    return change(job) == 0;
  }

  /** How much has to be loaded for a job: nothing, other LoRAs, or another model. */
  private int change(Candidate job) {
    return loaded
        .filter(now -> now.model().equals(job.model()))
        .map(now -> now.loras().equals(job.loras()) ? 0 : 1)
        .orElse(2);
  }

  private Duration patience() {
    return switches
        .usual()
        .map(cost -> cost.multipliedBy(WORTH))
        .filter(worth -> worth.compareTo(mostPatience) < 0)
        .orElse(mostPatience);
  }
}

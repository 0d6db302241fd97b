package dev.hyperbrush.app;

import dev.hyperbrush.queue.FairQueueModel;
import dev.hyperbrush.store.FairOrder;
import dev.hyperbrush.store.Work;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/** A crowd, a queue and many GPUs in simulated time. Owned by one thread, for one run. */
final class CrowdSimulation {
  private final Crowd crowd;
  private final FairQueueModel queue;
  private final ShareError error;
  private final Map<Long, Asked> asked = new HashMap<>();
  private final Map<String, List<Double>> waits = new HashMap<>();

  /** When the GPUs that draw are done, soonest first. */
  private final PriorityQueue<Double> drawing = new PriorityQueue<>();

  private final int gpus;
  private double busySeconds;
  private int jobs;
  private int mostWaiting;

  private record Asked(double at, boolean heavy) {}

  CrowdSimulation(Crowd crowd, int people, int gpus, FairOrder order) {
    this.crowd = crowd;
    this.queue = new FairQueueModel(order);
    this.error = new ShareError(people);
    this.gpus = gpus;
  }

  /** Lets so much time pass, then lets all be drawn that waits. */
  void run(double seconds) {
    for (Crowd.Visit visit = crowd.next(); visit.at() < seconds; visit = crowd.next()) {
      drawUntil(visit.at());
      error.advance(visit.at());
      for (Work work : visit.wants()) {
        long id = queue.submit(visit.person(), work).id();
        asked.put(id, new Asked(visit.at(), visit.heavy()));
        error.asked(visit.person(), visit.at());
        jobs++;
      }
      begin(visit.at());
      mostWaiting = Math.max(mostWaiting, queue.size());
    }
    drawUntil(Double.MAX_VALUE);
  }

  private void drawUntil(double time) {
    while (!drawing.isEmpty() && drawing.peek() <= time) {
      double done = drawing.remove();
      error.advance(done);
      begin(done);
    }
  }

  /** Gives every idle GPU something to draw. */
  private void begin(double now) {
    while (drawing.size() < gpus) {
      Optional<FairQueueModel.Waiting> next = queue.claim();
      if (next.isEmpty()) {
        return;
      }
      draw(next.get(), now);
    }
  }

  private void draw(FairQueueModel.Waiting job, double now) {
    double seconds = job.work().cost() / Crowd.SPEED;
    drawing.add(now + seconds);
    busySeconds += seconds;
    Asked from = Optional.ofNullable(asked.remove(job.id())).orElseThrow();
    String who = (from.heavy ? "many pictures" : "a few") + ", weight " + (int) job.work().weight();
    waits.computeIfAbsent(who, _ -> new ArrayList<>()).add(now - from.at);
    error.drawn((int) job.person(), job.work());
  }

  /** Seconds from asking to the first step, by who asked; sorted. */
  Map<String, List<Double>> waits() {
    waits.values().forEach(list -> list.sort(null));
    return waits;
  }

  ShareError error() {
    return error;
  }

  double load(double seconds) {
    return busySeconds / gpus / seconds;
  }

  int jobs() {
    return jobs;
  }

  int mostWaiting() {
    return mostWaiting;
  }
}

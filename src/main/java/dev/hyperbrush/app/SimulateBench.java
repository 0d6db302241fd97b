package dev.hyperbrush.app;

import dev.hyperbrush.queue.StartTimeFairQueueing;
import dev.hyperbrush.store.FairOrder;
import dev.hyperbrush.store.Tags;
import dev.hyperbrush.store.VirtualTime;
import dev.hyperbrush.store.Work;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How long people wait when very many share very many GPUs. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = {
      "Lets very many people ask for pictures in simulated time, with the arithmetic of the real"
          + " queue, and prints how long they wait, and how far each is from their share.",
      "The same people are drawn for in the order of their coming as well, to compare. The same"
          + " seed gives the same figures."
    })
final class SimulateBench implements Callable<Integer> {
  /** What a queue without fairness does. */
  private static final FairOrder FIRST_COME =
      new FairOrder() {
        @Override
        public Tags place(VirtualTime time, long lastFinish, Work work) {
          return new Tags(0, 0);
        }

        @Override
        public VirtualTime claimed(VirtualTime time, Tags tags, Work work) {
          return time;
        }

        @Override
        public VirtualTime idle(VirtualTime time) {
          return time;
        }
      };

  @Spec private CommandSpec spec;

  @Option(
      names = "--people",
      defaultValue = "100000",
      description = "People who may ask (default: ${DEFAULT-VALUE}).")
  private int people;

  @Option(names = "--gpus", defaultValue = "200", description = "GPUs (default: ${DEFAULT-VALUE}).")
  private int gpus;

  @Option(
      names = "--hours",
      defaultValue = "4",
      description = "Simulated time (default: ${DEFAULT-VALUE}).")
  private double hours;

  @Option(names = "--seed", defaultValue = "1", description = "Chance (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    CrowdSimulation fair = run(new StartTimeFairQueueing());
    out.printf(
        Locale.ROOT,
        "%d people, %d GPUs, %.1f hours, seed %d: %d jobs, load %.2f, at most %d waiting%n%n",
        people,
        gpus,
        hours,
        seed,
        fair.jobs(),
        fair.load(hours * 3600),
        fair.mostWaiting());
    print(out, "seconds of waiting, fair", fair.waits());
    print(out, "seconds of waiting, first come first drawn", run(FIRST_COME).waits());
    out.printf(
        Locale.ROOT, "shares of those who waited a whole minute (%d)%n", fair.error().counted());
    fair.error()
        .byWeight()
        .forEach((weight, error) ->
            out.printf(Locale.ROOT, "  weight %.0f: %+.2f %%%n", weight, 100 * error));
    out.printf(Locale.ROOT, "  farthest of anybody: %.2f longest jobs%n", fair.error().largest());
    out.flush();
    return 0;
  }

  private CrowdSimulation run(FairOrder order) {
    Crowd crowd = new Crowd(people, gpus, new SplittableRandom(seed));
    CrowdSimulation simulation = new CrowdSimulation(crowd, people, gpus, order);
    simulation.run(hours * 3600);
    return simulation;
  }

  private static void print(PrintWriter out, String title, Map<String, List<Double>> waits) {
    out.printf(Locale.ROOT, "%-45s %9s %8s %8s %8s%n", title, "jobs", "p50", "p90", "p99");
    for (String who : new TreeSet<>(waits.keySet())) {
      List<Double> sorted = waits.getOrDefault(who, List.of());
      out.printf(
          Locale.ROOT,
          "  %-43s %9d %8.1f %8.1f %8.1f%n",
          who,
          sorted.size(),
          at(sorted, 0.5),
          at(sorted, 0.9),
          at(sorted, 0.99));
    }
    out.println();
  }

  private static double at(List<Double> sorted, double share) {
    return sorted.get((int) (share * (sorted.size() - 1)));
  }
}

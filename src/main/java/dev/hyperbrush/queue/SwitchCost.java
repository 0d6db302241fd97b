package dev.hyperbrush.queue;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * What changing models adds to the time of those that wait: once for each model that comes up, and
 * then, as workers keep a model for a while, once in that time at most. Thread-safe.
 *
 * @param patience for how long workers keep a model
 */
record SwitchCost(ModelSwitches switches, Duration patience) {
  /** For jobs in their order, when these models are loaded. */
  Count count(Collection<String> loaded) {
    double seconds = switches.usual().map(SwitchCost::seconds).orElse(0.0);
    return new Count(seconds, seconds(patience), loaded);
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }

  /** Goes through the jobs. Owned by one thread. */
  static final class Count {
    private final double cost;
    private final double patience;
    private final Set<String> seen;
    private String before = "";
    private double sinceChange;

    private Count(double cost, double patience, Collection<String> loaded) {
      this.cost = cost;
      this.patience = patience;
      this.seen = new HashSet<>(loaded);
    }

    /** The seconds of the next job, with those of changing to its model where that comes first. */
    double with(double drawing, String model) {
      boolean first = seen.isEmpty(); // whatever an idle worker has loaded
      boolean fresh = seen.add(model) && !first;
      boolean again = !before.isEmpty() && !model.equals(before) && sinceChange >= patience;
      before = model;
      sinceChange = fresh || again ? drawing : sinceChange + drawing;
      return fresh || again ? drawing + cost : drawing;
    }
  }
}

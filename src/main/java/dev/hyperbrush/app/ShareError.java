package dev.hyperbrush.app;

import dev.hyperbrush.store.Work;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far the work that people get is from their shares. Looks at windows of time, in each at those
 * who have jobs waiting all the time: by rights, each of them gets work by weight. Of those, only
 * at such as have some left at the end: among the others, whoever gets more is gone sooner.
 *
 * <p>Owned by one thread.
 */
final class ShareError {
  private static final double WINDOW = 60;
  private static final int LEFT = 10;

  private final int[] waiting;
  private final double[] since;
  private final double[] work;
  private final double[] weight;
  private double windowEnd = WINDOW;
  private final Map<Double, Sum> byWeight = new TreeMap<>();
  private double largest;
  private long longest = 1;
  private int counted;

  private static final class Sum {
    private double work;
    private double due;
  }

  ShareError(int people) {
    waiting = new int[people];
    since = new double[people];
    work = new double[people];
    weight = new double[people];
    for (int person = 0; person < people; person++) {
      weight[person] = Crowd.weight(person);
    }
  }

  void asked(int person, double now) {
    if (waiting[person]++ == 0) {
      since[person] = now;
    }
  }

  void drawn(int person, Work job) {
    waiting[person]--;
    work[person] += job.cost();
    longest = Math.max(longest, job.cost());
  }

  /** Looks back at every window that has ended. */
  void advance(double now) {
    while (now >= windowEnd) {
      count();
      Arrays.fill(work, 0);
      windowEnd += WINDOW;
    }
  }

  private void count() {
    double all = 0;
    double weights = 0;
    for (int person = 0; person < work.length; person++) {
      if (waitedThroughout(person)) {
        all += work[person];
        weights += weight[person];
        counted++;
      }
    }
    for (int person = 0; person < work.length; person++) {
      if (waitedThroughout(person)) {
        double due = all / weights * weight[person];
        Sum sum = byWeight.computeIfAbsent(weight[person], _ -> new Sum());
        sum.work += work[person];
        sum.due += due;
        largest = Math.max(largest, Math.abs(work[person] - due) / longest);
      }
    }
  }

  private boolean waitedThroughout(int person) {
    return waiting[person] >= LEFT && since[person] <= windowEnd - WINDOW;
  }

  /** By weight, how much more (above 0) or less those got than their share of all. */
  Map<Double, Double> byWeight() {
    Map<Double, Double> errors = new TreeMap<>();
    byWeight.forEach((of, sum) -> errors.put(of, sum.work / sum.due - 1));
    return errors;
  }

  /** The farthest that anybody was from their share in any window, in longest jobs. */
  double largest() {
    return largest;
  }

  /** How many people were looked at, each once in every window. */
  int counted() {
    return counted;
  }
}

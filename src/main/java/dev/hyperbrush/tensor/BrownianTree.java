package dev.hyperbrush.tensor;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A Brownian path over a stretch of time that depends on its seed alone, not on where it is looked
 * at: Gaines and Lyons, "Variable step size control in the numerical solution of stochastic
 * differential equations" (1997), as torchsde's {@code BrownianInterval} builds it with {@code
 * halfway_tree} (arXiv 2001.01328), which A1111's SDE samplers draw their noise from.
 *
 * <p>The path over the whole stretch is one draw. Each half of a stretch is its share of that plus
 * a draw of its own, scaled; and so on, down to the resolution. A piece of the path therefore is a
 * weighted sum of draws: the weights are found first, so that each draw is made only once.
 *
 * <p>Immutable; uses all cores.
 */
public final class BrownianTree {
  /** Decimal places of time that are told apart. */
  private static final int DECIMALS = 6;

  private static final int POOL_SIZE = 24;

  private final long entropy;
  private final double start;
  private final double end;

  /**
   * @param entropy the seed
   * @param start of the whole stretch of time
   * @param end of it, later than the start
   */
  public BrownianTree(long entropy, double start, double end) {
    if (!(start < end)) {
      throw new IllegalArgumentException("no path from " + start + " to " + end);
    }
    this.entropy = entropy;
    this.start = rounded(start);
    this.end = rounded(end);
  }

  /**
   * How far the path goes between two times: normal values whose variance is the time between them;
   * backwards, the same with the other sign. Times outside of the stretch count as its end.
   */
  public Tensor increment(double from, double to, int... shape) {
    Map<Integer, Double> weights = new LinkedHashMap<>();
    addPathTo(inside(to), 1, weights);
    addPathTo(inside(from), -1, weights);
    float[] path =
        weights.entrySet().stream().filter(draw -> draw.getValue() != 0).toList().parallelStream()
            .map(draw -> scaled(new TorchRandom(draw.getKey()).randn(shape), draw.getValue()))
            .reduce(new float[Tensor.size(shape)], BrownianTree::sum);
    return new Tensor(shape, path);
  }

  private double inside(double time) {
    return rounded(Math.clamp(time, start, end));
  }

  /** Adds what each draw, by its seed, counts for in the path from the start to {@code time}. */
  private void addPathTo(double time, int sign, Map<Integer, Double> weights) {
    if (time == start) {
      return;
    }
    Stretch stretch = new Stretch(start, end, 0, 0, Map.of(seed(), Math.sqrt(end - start)));
    while (time != stretch.end) {
      Stretch firstHalf = stretch.firstHalf();
      if (time <= firstHalf.end) {
        stretch = firstHalf;
      } else {
        merge(weights, firstHalf.weights, sign);
        stretch = stretch.secondHalf(firstHalf);
      }
    }
    merge(weights, stretch.weights, sign);
  }

  /** A stretch of time, by its number among those of its depth, and the draws of its path. */
  private final class Stretch {
    private final double start;
    private final double end;
    private final long number;
    private final int depth;
    private final Map<Integer, Double> weights;

    Stretch(double start, double end, long number, int depth, Map<Integer, Double> weights) {
      this.start = start;
      this.end = end;
      this.number = number;
      this.depth = depth;
      this.weights = weights;
    }

    /** Its share of the path by length, and a draw for how far the path strays from that. */
    Stretch firstHalf() {
      double middle = rounded(0.5 * (start + end));
      double length = middle - start;
      Map<Integer, Double> half = new LinkedHashMap<>();
      weights.forEach((draw, weight) -> half.put(draw, weight * length / (end - start)));
      half.merge(
          seed(number, depth), Math.sqrt(length * (end - middle) / (end - start)), Double::sum);
      return new Stretch(start, middle, 2 * number, depth + 1, half);
    }

    /** What the first half leaves over. */
    Stretch secondHalf(Stretch firstHalf) {
      Map<Integer, Double> half = new LinkedHashMap<>(weights);
      merge(half, firstHalf.weights, -1);
      return new Stretch(firstHalf.end, end, 2 * number + 1, depth + 1, half);
    }
  }

  private static void merge(Map<Integer, Double> sum, Map<Integer, Double> weights, int sign) {
    weights.forEach((draw, weight) -> sum.merge(draw, sign * weight, Double::sum));
  }

  private int seed(long... spawnKey) {
    return new SeedSequence(entropy, POOL_SIZE, spawnKey).words(1)[0];
  }

  private static double rounded(double time) {
    return new BigDecimal(time).setScale(DECIMALS, RoundingMode.HALF_EVEN).doubleValue();
  }

  private static float[] scaled(Tensor noise, double weight) {
    float[] scaled = noise.data();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (float) (weight * scaled[i]);
    }
    return scaled;
  }

  private static float[] sum(float[] left, float[] right) {
    float[] sum = new float[left.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = left[i] + right[i];
    }
    return sum;
  }
}

package dev.hyperbrush.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * LoKr (LyCORIS, arXiv 2309.14859): the Kronecker product of a small and a larger matrix, either of
 * which may be a low-rank product itself. A kernel counts as more columns of the larger.
 */
record KroneckerDelta(Part small, Part large) implements LoraDelta {
  /** One of the two: as it is, or as factors. */
  record Part(@Nullable WeightTensor whole, @Nullable Factors factors) {
    List<Long> shape() {
      return whole != null ? whole.shape() : Objects.requireNonNull(factors).shape();
    }

    float[] values() {
      return whole != null ? whole.read().data() : Objects.requireNonNull(factors).product();
    }

    WeightTensor origin() {
      return whole != null ? whole : Objects.requireNonNull(factors).a();
    }
  }

  KroneckerDelta {
    List<Long> larger = large.shape();
    if (small.shape().size() != 2
        || larger.size() < 2
        || Shapes.elements(small.shape()) == 0
        || Shapes.elements(larger) == 0
        || overflows(small.shape(), larger)) {
      WeightTensor origin = small.origin();
      throw WeightFileProblem.brokenTensor(
          origin.file(),
          origin.name(),
          "of shape " + origin.shape() + " does not fit its partners");
    }
  }

  @Override
  public List<Long> weightShape() {
    List<Long> shape = new ArrayList<>(large.shape());
    shape.set(0, shape.get(0) * small.shape().get(0));
    shape.set(1, shape.get(1) * small.shape().get(1));
    return shape;
  }

  @Override
  public void addTo(float[] weight, float factor) {
    float[] smalls = small.values();
    float[] larges = large.values();
    int smallColumns = Math.toIntExact(small.shape().get(1));
    int rows = Math.toIntExact(large.shape().get(0));
    int columns = larges.length / rows;
    for (int s = 0; s < smalls.length; s++) {
      int top = s / smallColumns * rows;
      int left = s % smallColumns * columns;
      for (int row = 0; row < rows; row++) {
        int at = (top + row) * smallColumns * columns + left;
        addScaled(weight, at, factor * smalls[s], larges, row * columns, columns);
      }
    }
  }

  private static void addScaled(
      float[] weight, int at, float factor, float[] values, int from, int count) {
    for (int i = 0; i < count; i++) {
      weight[at + i] += factor * values[from + i];
    }
  }

  private static boolean overflows(List<Long> small, List<Long> large) {
    return Math.multiplyHigh(Shapes.elements(small), Shapes.elements(large)) != 0
        || Shapes.elements(small) * Shapes.elements(large) > Integer.MAX_VALUE;
  }
}

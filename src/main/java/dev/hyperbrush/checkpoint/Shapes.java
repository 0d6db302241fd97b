package dev.hyperbrush.checkpoint;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arithmetic on the shapes of a LoRA file's tensors, which may claim anything. */
final class Shapes {
  /** Files in use have ranks up to 1,024; bounds what a kernel in the middle expands to. */
  private static final int MAX_RANK = 8192;

  static List<Long> copy(WeightTensor tensor) {
    return new ArrayList<>(tensor.shape());
  }

  /** How many values a tensor of this shape has; more than a file can hold is the largest long. */
  static long elements(List<Long> shape) {
    try {
      return shape.stream().reduce(1L, Math::multiplyExact);
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
  }

  /** Whether a change of one shape can be added to a weight: kernels of 1x1 may be left out. */
  static boolean fits(List<Long> change, List<Long> weight) {
    if (change.size() == 2 && weight.size() > 2) {
      return change.get(0).equals(weight.get(0)) && elements(change) == elements(weight);
    }
    return withoutUnitKernel(change).equals(withoutUnitKernel(weight));
  }

  static boolean isMatrix(WeightTensor tensor) {
    return withoutUnitKernel(tensor.shape()).size() == 2;
  }

  /** Refuses factors that do not fit each other, are empty, or of an absurd rank. */
  static void requireFactors(
      boolean fit, WeightTensor a, WeightTensor b, @Nullable WeightTensor kernel) {
    boolean usable = fit && a.length() > 0 && b.length() > 0 && b.shape().get(0) <= MAX_RANK;
    if (kernel != null) {
      usable = usable && kernel.length() > 0 && kernel.shape().get(0) <= MAX_RANK;
    }
    if (!usable) {
      throw WeightFileProblem.brokenTensor(
          a.file(), a.name(), "of shape " + a.shape() + " does not fit its partners");
    }
  }

  private static List<Long> withoutUnitKernel(List<Long> shape) {
    boolean unitKernel = shape.size() > 2 && shape.stream().skip(2).allMatch(size -> size == 1);
    return unitKernel ? shape.subList(0, 2) : shape;
  }

  private Shapes() {}
}

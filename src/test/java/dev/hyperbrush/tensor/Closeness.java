package dev.hyperbrush.tensor;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares tensors value by value. */
public final class Closeness {
  /** Equal shapes, and no value further away than {@code tolerance}. */
  public static void assertClose(String what, Tensor actual, Tensor expected, double tolerance) {
    assertThat(actual.shape()).as(what).isEqualTo(expected.shape());
    assertThat(largestDifference(actual, expected)).as(what).isLessThanOrEqualTo(tolerance);
  }

  /** Of two tensors of one shape; NaN where either holds one. */
  public static double largestDifference(Tensor a, Tensor b) {
    double largest = 0;
    for (int i = 0; i < a.data().length; i++) {
      largest = Math.max(largest, Math.abs((double) a.data()[i] - b.data()[i]));
    }
    return largest;
  }

  /** As many values, and no difference larger than this part of the largest value expected. */
  public static void assertRelativelyClose(
      Tensor actual, Tensor expected, double tolerance, String as) {
    assertThat(actual.data()).as(as).hasSameSizeAs(expected.data());
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < expected.data().length; i++) {
      largest = Math.max(largest, Math.abs(expected.data()[i]));
      difference = Math.max(difference, Math.abs(actual.data()[i] - expected.data()[i]));
    }
    assertThat(difference / largest).as(as).isLessThan(tolerance);
  }

  private Closeness() {}
}

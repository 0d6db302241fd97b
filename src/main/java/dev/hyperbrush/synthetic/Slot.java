package dev.hyperbrush.synthetic;

import java.util.List;

/**
 * A tensor of a model: its name and shape as diffusers has them.
 *
 * <p>Immutable.
 */
record Slot(String name, List<Integer> shape, Kind kind) {
  /** What its numbers are like. */
  enum Kind {
    /** Around 0, such that sums over the inputs keep their size. */
    WEIGHT,
    /** Around 1. */
    SCALE,
    /** Close to 0. */
    SHIFT
  }

  private static final double SMALL = 0.05;

  Slot {
    shape = List.copyOf(shape);
  }

  long elements() {
    return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
  }

  double mean() {
    return kind == Kind.SCALE ? 1 : 0;
  }

  double deviation() {
    return kind == Kind.WEIGHT ? 1 / Math.sqrt(fanIn()) : SMALL;
  }

  /** How many inputs each output is a sum of. */
  private double fanIn() {
    return shape.isEmpty() ? 1 : (double) elements() / shape.getFirst();
  }
}

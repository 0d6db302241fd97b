package dev.hyperbrush.synthetic;

import dev.hyperbrush.checkpoint.DType;
import java.util.List;

/**
 * A tensor as a file has it: one of the model's, or several of them one after the other.
 *
 * <p>Immutable.
 *
 * @param slots whose numbers it holds; none for a list of 0, 1, 2 and so on
 * @param transposed whether the one matrix that it holds is stored by columns
 * @param type of its numbers: F16, F32, or I64 where there are no slots
 */
record Stored(String name, List<Integer> shape, List<Slot> slots, boolean transposed, DType type) {
  Stored {
    shape = List.copyOf(shape);
    slots = List.copyOf(slots);
  }

  static Stored of(String name, Slot slot) {
    return new Stored(name, slot.shape(), List.of(slot), false);
  }

  /** In half precision; whole numbers where there are no slots. */
  Stored(String name, List<Integer> shape, List<Slot> slots, boolean transposed) {
    this(name, shape, slots, transposed, slots.isEmpty() ? DType.I64 : DType.F16);
  }

  long bytes() {
    return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact)
        * type().bytes();
  }
}

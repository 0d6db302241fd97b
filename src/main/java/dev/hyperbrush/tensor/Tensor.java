package dev.hyperbrush.tensor;

import java.util.Arrays;

/**
 * A dense row-major float tensor. The array is shared, not copied: whoever receives a tensor leaves
 * it as it is and makes a new one for a new value.
 */
@SuppressWarnings("ArrayRecordComponent") // tensors are compared element by element, in tests
public record Tensor(int[] shape, float[] data) {
  public Tensor {
    if (size(shape) != data.length) {
      throw new IllegalArgumentException(
          "shape "
              + Arrays.toString(shape)
              + " needs "
              + size(shape)
              + " values, got "
              + data.length);
    }
  }

  public static Tensor zeros(int... shape) {
    return new Tensor(shape, new float[size(shape)]);
  }

  /** Number of values in a tensor of this shape. */
  public static int size(int... shape) {
    int size = 1;
    for (int dimension : shape) {
      size = Math.multiplyExact(size, dimension);
    }
    return size;
  }

  /** Length of dimension {@code axis}. */
  public int dim(int axis) {
    return shape[axis];
  }

  public boolean sameShape(Tensor other) {
    return Arrays.equals(shape, other.shape);
  }

  /** The tensors one after another along the first axis; all other dimensions agree. */
  public static Tensor concat(Tensor... parts) {
    int[] shape = parts[0].shape.clone();
    shape[0] = Arrays.stream(parts).mapToInt(part -> part.shape[0]).sum();
    Tensor joined = zeros(shape);
    int at = 0;
    for (Tensor part : parts) {
      System.arraycopy(part.data, 0, joined.data, at, part.data.length);
      at += part.data.length;
    }
    return joined;
  }

  /** Rows {@code from} (inclusive) to {@code to} (exclusive) of the first axis. */
  public Tensor slice(int from, int to) {
    int row = data.length / shape[0];
    int[] sliced = shape.clone();
    sliced[0] = to - from;
    return new Tensor(sliced, Arrays.copyOfRange(data, from * row, to * row));
  }

  @Override
  public String toString() {
    return "Tensor" + Arrays.toString(shape);
  }
}

package dev.hyperbrush.onnx;

import dev.hyperbrush.tensor.Tensor;

/**
 * A value that goes into a session or comes out of it: row-major, shared, not copied. A session
 * converts between what a graph has (16-bit floats, 64-bit integers) and these.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public sealed interface OnnxArray {
  int[] shape();

  /** 32-bit floats. */
  record Floats(Tensor tensor) implements OnnxArray {
    @Override
    public int[] shape() {
      return tensor.shape();
    }
  }

  /** 32-bit integers. */
  record Ints(int[] shape, int[] data) implements OnnxArray {
    /** From rows of equal length. */
    public static Ints ofRows(int[][] rows) {
      int columns = rows[0].length;
      int[] data = new int[rows.length * columns];
      for (int i = 0; i < rows.length; i++) {
        System.arraycopy(rows[i], 0, data, i * columns, columns);
      }
      return new Ints(new int[] {rows.length, columns}, data);
    }
  }

  /** Unsigned bytes. */
  record Bytes(int[] shape, byte[] data) implements OnnxArray {}
}

package dev.hyperbrush.checkpoint;

import java.nio.ByteBuffer;

/** Writes 32-bit floats as the element types that fused weights have. */
final class StoredFloats {
  /**
   * Appends values, rounded to nearest, ties to even; what a 16-bit float cannot hold becomes
   * infinite.
   *
   * @param bytes little-endian, with room for all of them
   */
  static void put(ByteBuffer bytes, DType dtype, float[] values, int from, int to) {
    switch (dtype) {
      case F32 -> {
        bytes.asFloatBuffer().put(values, from, to - from);
        bytes.position(bytes.position() + (to - from) * Float.BYTES);
      }
      case F16 -> put(bytes, halves(values, from, to));
      case BF16 -> put(bytes, brainFloats(values, from, to));
      default -> throw new IllegalArgumentException("weights are not fused as " + dtype);
    }
  }

  private static void put(ByteBuffer bytes, short[] values) {
    bytes.asShortBuffer().put(values);
    bytes.position(bytes.position() + values.length * Short.BYTES);
  }

  private static short[] halves(float[] values, int from, int to) {
    short[] halves = new short[to - from];
    for (int i = 0; i < halves.length; i++) {
      halves[i] = Float.floatToFloat16(values[from + i]);
    }
    return halves;
  }

  private static short[] brainFloats(float[] values, int from, int to) {
    short[] rounded = new short[to - from];
    for (int i = 0; i < rounded.length; i++) {
      int bits = Float.floatToIntBits(values[from + i]);
      rounded[i] = (short) ((bits + 0x7FFF + (bits >>> 16 & 1)) >>> 16);
    }
    return rounded;
  }

  private StoredFloats() {}
}

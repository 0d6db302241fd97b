package dev.hyperbrush.checkpoint;

/** The 8-bit floats of neural networks (Micikevicius et al. 2022, arXiv 2209.05433). */
final class Float8 {
  /** One sign, four exponent and three mantissa bits; no infinities. */
  static float e4m3(byte bits) {
    int exponent = bits >> 3 & 0xf;
    int mantissa = bits & 7;
    if (exponent == 0xf && mantissa == 7) {
      return Float.NaN;
    }
    float size = exponent == 0 ? mantissa * 0x1p-9f : Math.scalb(1 + mantissa / 8f, exponent - 7);
    return bits < 0 ? -size : size;
  }

  /** The upper half of a 16-bit float. */
  static float e5m2(byte bits) {
    return Float.float16ToFloat((short) (bits << 8));
  }

  private Float8() {}
}

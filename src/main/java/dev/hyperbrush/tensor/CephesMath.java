package dev.hyperbrush.tensor;

/**
 * Logarithm, sine and cosine as the vector kernels of PyTorch's x86 builds compute them: the
 * polynomials of the Cephes library (Moshier) in single precision, each {@code fma} rounded once.
 * The order of the operations is the result: another order gives other last bits.
 */
@SuppressWarnings("FloatingPointLiteralPrecision") // the constants as they are published
final class CephesMath {
  private static final float SQRT_HALF = 0.707106781186547524f;
  private static final float[] LN = {
    7.0376836292E-2f,
    -1.1514610310E-1f,
    1.1676998740E-1f,
    -1.2420140846E-1f,
    1.4249322787E-1f,
    -1.6668057665E-1f,
    2.0000714765E-1f,
    -2.4999993993E-1f,
    3.3333331174E-1f
  };
  // ln 2 in two parts, the first exact in few bits
  private static final float LN2_HIGH = 0.693359375f;
  private static final float LN2_LOW = -2.12194440e-4f;

  private static final float FOUR_OVER_PI = 1.27323954473516f;
  // -pi/4 in three parts
  private static final float QUARTER_PI_1 = -0.78515625f;
  private static final float QUARTER_PI_2 = -2.4187564849853515625e-4f;
  private static final float QUARTER_PI_3 = -3.77489497744594108e-8f;

  /** Natural logarithm of a normal number above 0. */
  static float ln(float x) {
    int exponent = Math.getExponent(x) + 1;
    float m = Math.scalb(x, -exponent); // 0.5 (inclusive) to 1 (exclusive)
    if (m < SQRT_HALF) {
      exponent--;
      m = (m - 1) + m;
    } else {
      m = m - 1;
    }
    float z = m * m;
    float y = LN[0];
    for (int i = 1; i < LN.length; i++) {
      y = Math.fma(y, m, LN[i]);
    }
    y = y * m;
    y = Math.fma(y, z, exponent * LN2_LOW);
    y = Math.fma(-z, 0.5f, y);
    return Math.fma(exponent, LN2_HIGH, m + y);
  }

  static float sin(float angle) {
    int octant = octant(angle);
    float t = reduce(angle, octant);
    float sine = (octant & 2) == 0 ? sinPolynomial(t) : cosPolynomial(t);
    return (octant & 4) == 0 ? sine : -sine;
  }

  static float cos(float angle) {
    int octant = octant(angle);
    float t = reduce(angle, octant);
    float cosine = (octant & 2) == 0 ? cosPolynomial(t) : sinPolynomial(t);
    return ((octant - 2) & 4) == 0 ? -cosine : cosine;
  }

  /** The even number of eighth turns next to an angle of 0 or more. */
  private static int octant(float angle) {
    return ((int) (angle * FOUR_OVER_PI) + 1) & ~1;
  }

  /** What remains of the angle, -pi/4 to pi/4. */
  private static float reduce(float angle, int octant) {
    float t = Math.fma(octant, QUARTER_PI_1, angle);
    t = Math.fma(octant, QUARTER_PI_2, t);
    return Math.fma(octant, QUARTER_PI_3, t);
  }

  private static float sinPolynomial(float t) {
    float z = t * t;
    float s = -1.9515295891E-4f;
    s = Math.fma(s, z, 8.3321608736E-3f);
    s = Math.fma(s, z, -1.6666654611E-1f);
    s = s * z;
    return Math.fma(s, t, t);
  }

  private static float cosPolynomial(float t) {
    float z = t * t;
    float c = 2.443315711809948E-5f;
    c = Math.fma(c, z, -1.388731625493765E-3f);
    c = Math.fma(c, z, 4.166664568298827E-2f);
    c = c * z;
    return Math.fma(c, z, -(z * 0.5f)) + 1;
  }

  private CephesMath() {}
}

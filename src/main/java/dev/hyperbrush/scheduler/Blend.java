package dev.hyperbrush.scheduler;

import dev.hyperbrush.tensor.Tensor;

/** Weighted sums of tensors of one shape: what a sampling step is made of. */
final class Blend {
  static Tensor of(double a, Tensor x, double b, Tensor y) {
    requireSameShape(x, y);
    float[] sum = new float[x.data().length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = (float) (a * x.data()[i] + b * y.data()[i]);
    }
    return new Tensor(x.shape(), sum);
  }

  static Tensor scale(double a, Tensor x) {
    float[] scaled = new float[x.data().length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (float) (a * x.data()[i]);
    }
    return new Tensor(x.shape(), scaled);
  }

  /** All values between {@code -limit} and {@code limit}. */
  static Tensor clamp(Tensor x, double limit) {
    if (limit == Double.POSITIVE_INFINITY) {
      return x;
    }
    float[] clamped = new float[x.data().length];
    for (int i = 0; i < clamped.length; i++) {
      clamped[i] = (float) Math.clamp(x.data()[i], -limit, limit);
    }
    return new Tensor(x.shape(), clamped);
  }

  static void requireSameShape(Tensor x, Tensor y) {
    if (!x.sameShape(y)) {
      throw new IllegalArgumentException(x + " and " + y + " differ in shape");
    }
  }

  private Blend() {}
}

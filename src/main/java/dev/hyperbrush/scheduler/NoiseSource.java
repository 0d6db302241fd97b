package dev.hyperbrush.scheduler;

import dev.hyperbrush.tensor.Tensor;

/** Standard normal noise. */
@FunctionalInterface
public interface NoiseSource {
  /** A fresh tensor at every call. */
  Tensor next(int... shape);

  /**
   * Noise of a stretch of a Brownian path, which is the same however many steps a run has; by
   * default fresh noise.
   */
  default Tensor along(NoiseSpan span, int... shape) {
    return next(shape);
  }
}

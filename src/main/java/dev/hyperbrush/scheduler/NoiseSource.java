package dev.hyperbrush.scheduler;

import dev.hyperbrush.tensor.Tensor;

/** Standard normal noise, a fresh tensor at every call. */
@FunctionalInterface
public interface NoiseSource {
  Tensor next(int... shape);
}

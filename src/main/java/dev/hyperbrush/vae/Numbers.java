package dev.hyperbrush.vae;

import dev.hyperbrush.tensor.Tensor;

/** Whether numbers are any. */
final class Numbers {
  static boolean areFinite(Tensor tensor) {
    for (float value : tensor.data()) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  private Numbers() {}
}

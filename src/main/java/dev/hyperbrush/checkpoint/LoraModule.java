package dev.hyperbrush.checkpoint;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a LoRA file holds for one tensor of a layer: the weight changes by {@code scale * delta},
 * and may get learned lengths then.
 *
 * <p>Immutable.
 *
 * @param name of the layer, as the file gives it
 * @param target which tensor of the layer
 * @param scale alpha / rank
 * @param keys names of its tensors in the file
 */
record LoraModule(
    String name,
    Target target,
    LoraDelta delta,
    double scale,
    @Nullable WeightDecomposition lengths,
    List<String> keys) {
  /** The tensors of a layer that can change. */
  enum Target {
    WEIGHT,
    BIAS
  }

  boolean fits(WeightTensor weight) {
    return Shapes.fits(delta.weightShape(), weight.shape())
        && (lengths == null || lengths.fits(weight.shape()));
  }

  /**
   * Changes a weight that this fits.
   *
   * @param shape {@code [out, in, kernel...]}, or {@code [out]}
   */
  void addTo(float[] weight, List<Long> shape, double strength) {
    if (lengths == null) {
      delta.addTo(weight, (float) (strength * scale));
      return;
    }
    float[] changed = weight.clone();
    delta.addTo(changed, (float) scale);
    lengths.applyTo(changed, shape);
    float part = (float) strength;
    for (int i = 0; i < weight.length; i++) {
      weight[i] = part == 1 ? changed[i] : weight[i] + part * (changed[i] - weight[i]);
    }
  }
}

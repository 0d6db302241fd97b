package dev.hyperbrush.checkpoint;

import java.util.List;

/** A whole difference, as LyCORIS stores it for full training, norms and biases. */
record FullDelta(WeightTensor difference) implements LoraDelta {
  @Override
  public List<Long> weightShape() {
    return difference.shape();
  }

  @Override
  public void addTo(float[] weight, float factor) {
    float[] values = difference.read().data();
    for (int i = 0; i < weight.length; i++) {
      weight[i] += factor * values[i];
    }
  }
}

package dev.hyperbrush.checkpoint;

import java.util.List;

/**
 * LoHa (Hyeon-Woo et al. 2021, "FedPara", arXiv 2108.06098, as in LyCORIS, arXiv 2309.14859): the
 * values of two low-rank products, multiplied one by one.
 */
record HadamardDelta(Factors first, Factors second) implements LoraDelta {
  HadamardDelta {
    if (!first.shape().equals(second.shape())) {
      throw WeightFileProblem.brokenTensor(
          first.a().file(),
          first.a().name(),
          "of shape " + first.shape() + " does not fit its partners");
    }
  }

  @Override
  public List<Long> weightShape() {
    return first.shape();
  }

  @Override
  public void addTo(float[] weight, float factor) {
    float[] left = first.product();
    float[] right = second.product();
    for (int i = 0; i < weight.length; i++) {
      weight[i] += factor * left[i] * right[i];
    }
  }
}

package dev.hyperbrush.pipeline;

import dev.hyperbrush.tensor.Tensor;

/**
 * Classifier-free guidance (Ho and Salimans, arXiv 2207.12598), with the rescaling of Lin et al.
 * (arXiv 2305.08891, section 3.4).
 *
 * @param scale how far to go from the negative prediction towards the positive one; 0 and 1 mean
 *     that the negative prompt is not looked at
 * @param rescale 0 for none; otherwise how much of the positive prediction's contrast is restored
 */
public record Guidance(double scale, double rescale) {
  public static Guidance of(double scale) {
    return new Guidance(scale, 0);
  }

  /** Whether a second prediction, for the negative prompt, is needed. */
  public boolean isOn() {
    return scale > 1;
  }

  /** Both predictions, each {@code [batch, 4, height, width]}, as one. */
  Tensor combine(Tensor negative, Tensor positive) {
    float[] guided = new float[positive.data().length];
    for (int i = 0; i < guided.length; i++) {
      float from = negative.data()[i];
      guided[i] = from + (float) scale * (positive.data()[i] - from);
    }
    Tensor combined = new Tensor(positive.shape(), guided);
    return rescale > 0 ? restoreContrast(combined, positive) : combined;
  }

  private Tensor restoreContrast(Tensor guided, Tensor positive) {
    int pictures = guided.dim(0);
    Tensor[] rows = new Tensor[pictures];
    for (int i = 0; i < pictures; i++) {
      Tensor row = guided.slice(i, i + 1);
      double restored = deviation(positive.slice(i, i + 1)) / deviation(row);
      double factor = rescale * restored + (1 - rescale);
      for (int k = 0; k < row.data().length; k++) {
        row.data()[k] *= (float) factor;
      }
      rows[i] = row;
    }
    return Tensor.concat(rows);
  }

  private static double deviation(Tensor values) {
    double sum = 0;
    for (float value : values.data()) {
      sum += value;
    }
    double mean = sum / values.data().length;
    double squares = 0;
    for (float value : values.data()) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / (values.data().length - 1));
  }
}

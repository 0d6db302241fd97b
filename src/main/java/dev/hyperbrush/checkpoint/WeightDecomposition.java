package dev.hyperbrush.checkpoint;

import java.util.List;

/**
 * DoRA (Liu et al. 2024, arXiv 2402.09353): the changed weight {@code W + delta} gets learned
 * lengths, {@code m * (W + delta) / |W + delta|}. The paper and peft measure one length for each
 * output; LyCORIS may also measure one for each input, told by the shape of {@code m}.
 *
 * <p>With several LoRAs on a layer, {@code W} is what those before have made of it, in the order in
 * which they were named, as in ComfyUI and A1111. A strength s other than 1 goes that part of the
 * way, {@code W + s * (result - W)}, also as those do.
 *
 * @param magnitude the learned lengths
 * @param perOutput along which axis they are measured
 */
record WeightDecomposition(WeightTensor magnitude, boolean perOutput) {
  /** As LyCORIS stores it: {@code [out, 1, ...]} or {@code [1, in, 1, ...]}. */
  static WeightDecomposition ofScale(WeightTensor magnitude, List<Long> weight) {
    List<Long> shape = magnitude.shape();
    boolean perOutput =
        shape.size() < 2 || shape.get(0) != 1 || (shape.get(1) == 1 && weight.get(0) == 1);
    return new WeightDecomposition(magnitude, perOutput);
  }

  /** As peft stores it: {@code [out]}, for convolutions {@code [1, out, 1, 1]}. */
  static WeightDecomposition ofVector(WeightTensor magnitude) {
    return new WeightDecomposition(magnitude, true);
  }

  /** Whether there is one length for each output or input of such a weight. */
  boolean fits(List<Long> weight) {
    return weight.size() >= 2
        && Shapes.elements(magnitude.shape()) == weight.get(perOutput ? 0 : 1);
  }

  /**
   * Gives a weight its lengths. Reads the file.
   *
   * @param changed {@code W + delta}, row-major
   * @param shape {@code [out, in, kernel...]}
   */
  void applyTo(float[] changed, List<Long> shape) {
    float[] lengths = magnitude.read().data();
    int outputs = Math.toIntExact(shape.get(0));
    int inputs = Math.toIntExact(shape.get(1));
    int kernel = changed.length / outputs / inputs;
    double[] squares = new double[perOutput ? outputs : inputs];
    for (int i = 0; i < changed.length; i++) {
      squares[index(i, inputs, kernel)] += (double) changed[i] * changed[i];
    }
    for (int i = 0; i < changed.length; i++) {
      int index = index(i, inputs, kernel);
      double norm = Math.sqrt(squares[index]);
      changed[i] = norm == 0 ? 0 : (float) (changed[i] * (lengths[index] / norm));
    }
  }

  private int index(int i, int inputs, int kernel) {
    return perOutput ? i / kernel / inputs : i / kernel % inputs;
  }
}

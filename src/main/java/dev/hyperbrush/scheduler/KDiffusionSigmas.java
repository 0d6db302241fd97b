package dev.hyperbrush.scheduler;

/**
 * Noise levels of Karras et al. (arXiv 2206.00364, equation 5, rho 7) as k-diffusion computes them
 * in float32, bit for bit: noise that is looked up on a Brownian path needs the very same numbers.
 */
final class KDiffusionSigmas {
  private static final double RHO = 7;

  static float[] karras(float max, float min, int steps) {
    float from = (float) Math.pow(max, 1 / RHO);
    float way = (float) (Math.pow(min, 1 / RHO) - Math.pow(max, 1 / RHO));
    float[] sigmas = new float[steps];
    for (int i = 0; i < steps; i++) {
      float root = from + ramp(i, steps) * way;
      sigmas[i] = (float) Math.pow(root, RHO);
    }
    return sigmas;
  }

  /** PyTorch's {@code linspace(0, 1, steps)}, which counts from both ends. */
  private static float ramp(int i, int steps) {
    float gap = steps == 1 ? 0 : 1f / (steps - 1);
    return i < steps / 2 ? gap * i : 1 - gap * (steps - 1 - i);
  }

  private KDiffusionSigmas() {}
}

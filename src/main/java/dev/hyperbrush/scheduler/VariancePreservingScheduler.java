package dev.hyperbrush.scheduler;

import dev.hyperbrush.tensor.Tensor;

/**
 * What the solvers in the time of log-SNR have in common: they count in noise levels, but their
 * latents keep the variance that the denoiser knows.
 */
interface VariancePreservingScheduler extends SigmaScheduler {
  @Override
  default float initNoiseSigma() {
    return 1;
  }

  @Override
  default Tensor scaleModelInput(Tensor latents, int step) {
    return latents;
  }

  @Override
  default Tensor addNoise(Tensor original, Tensor noise, int step) {
    return Blend.of(alpha(step), original, sigma(step), noise);
  }

  /** The share of the picture in the latents of call {@code step}. */
  default double alpha(int step) {
    return 1 / Math.hypot(levels().sigma(step), 1);
  }

  /** The share of the noise. */
  default double sigma(int step) {
    return levels().sigma(step) * alpha(step);
  }

  /** Logarithm of the signal-to-noise ratio, the time in which the solver integrates. */
  default double lambda(int step) {
    return -Math.log(levels().sigma(step));
  }
}

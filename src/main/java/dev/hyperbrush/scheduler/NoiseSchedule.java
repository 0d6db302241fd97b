package dev.hyperbrush.scheduler;

import java.util.Arrays;

/**
 * How much noise each timestep of training has: {@code x_t = sqrt(a_t) * x0 + sqrt(1 - a_t) *
 * epsilon}, a_t being {@code alphas_cumprod}. Tables are float32 like those of diffusers, so that
 * the clean end, where 1 - a_t is small, has the same rounding.
 *
 * <p>Immutable.
 */
final class NoiseSchedule {
  /** Stands for 0 where a noise level must be finite; diffusers' choice. */
  private static final float SMALLEST_ALPHA = 0x1p-24f;

  // PyTorch's float32 power rounds up, and where a level is so large its last bit shows.
  private static final float LARGEST_NOISE_LEVEL = 4096;

  private final float[] alphasCumprod;

  private NoiseSchedule(float[] alphasCumprod) {
    this.alphasCumprod = alphasCumprod;
  }

  static NoiseSchedule of(SchedulerConfig.Betas config) {
    float[] alphas = alphas(config);
    float[] cumprod = cumulativeProduct(alphas);
    return new NoiseSchedule(config.rescaleZeroSnr() ? rescaleToZeroSnr(cumprod) : cumprod);
  }

  /** As Stable Diffusion's first code and A1111 have it: in float64, and then rounded once. */
  static NoiseSchedule ofStableDiffusion(SchedulerConfig.Betas config) {
    float[] cumprod = new float[config.trainTimesteps()];
    double product = 1;
    for (int i = 0; i < cumprod.length; i++) {
      product *= 1 - config.schedule().beta(config, (double) i / (cumprod.length - 1));
      cumprod[i] = (float) product;
    }
    return new NoiseSchedule(config.rescaleZeroSnr() ? rescaleToZeroSnr(cumprod) : cumprod);
  }

  /** For algorithms that divide by the signal: the noisiest timestep keeps a trace of it. */
  NoiseSchedule withFiniteSigmas() {
    float[] finite = alphasCumprod.clone();
    int last = finite.length - 1;
    finite[last] = Math.max(finite[last], SMALLEST_ALPHA);
    return new NoiseSchedule(finite);
  }

  int timesteps() {
    return alphasCumprod.length;
  }

  float alphaCumprod(int timestep) {
    return alphasCumprod[timestep];
  }

  /** sqrt(a_t), the share of the picture. */
  double alpha(int timestep) {
    return Math.sqrt(alphasCumprod[timestep]);
  }

  /** sqrt(1 - a_t), the share of the noise. */
  double sigma(int timestep) {
    return Math.sqrt(1 - alphasCumprod[timestep]);
  }

  /** Noise per picture, sqrt((1 - a_t) / a_t), the sigma of Karras et al. (arXiv 2206.00364). */
  float noiseLevel(int timestep) {
    float a = alphasCumprod[timestep];
    return a == SMALLEST_ALPHA ? LARGEST_NOISE_LEVEL : (float) Math.sqrt((1 - a) / a);
  }

  /** The same between two timesteps, interpolated; the nearest level outside of them. */
  double noiseLevelAt(double timestep) {
    double inside = Math.clamp(timestep, 0, timesteps() - 1);
    int low = Math.min((int) inside, timesteps() - 2);
    double share = inside - low;
    return noiseLevel(low) + share * ((double) noiseLevel(low + 1) - noiseLevel(low));
  }

  /** The timestep, with fraction, that has this noise level, interpolated in its logarithm. */
  double timestepAt(double noiseLevel) {
    int low = 0;
    int high = timesteps() - 1;
    while (high - low > 1) {
      int middle = (low + high) / 2;
      if (noiseLevel(middle) <= noiseLevel) {
        low = middle;
      } else {
        high = middle;
      }
    }
    double lowLog = Math.log(noiseLevel(low));
    double share = (Math.log(noiseLevel) - lowLog) / (Math.log(noiseLevel(high)) - lowLog);
    return low + Math.clamp(share, 0, 1);
  }

  private static float[] alphas(SchedulerConfig.Betas config) {
    double[] betas = new double[config.trainTimesteps()];
    Arrays.setAll(betas, i -> config.schedule().beta(config, (double) i / (betas.length - 1)));
    float[] alphas = new float[betas.length];
    for (int i = 0; i < alphas.length; i++) {
      alphas[i] = 1 - (float) betas[i];
    }
    return alphas;
  }

  private static float[] cumulativeProduct(float[] alphas) {
    float[] cumprod = new float[alphas.length];
    double product = 1;
    for (int i = 0; i < alphas.length; i++) {
      product *= alphas[i];
      cumprod[i] = (float) product;
    }
    return cumprod;
  }

  /**
   * Shifts sqrt(a_t) to end in 0 and stretches it to start as before (arXiv 2305.08891, alg. 1).
   */
  private static float[] rescaleToZeroSnr(float[] cumprod) {
    int last = cumprod.length - 1;
    double start = Math.sqrt(cumprod[0]);
    double end = Math.sqrt(cumprod[last]);
    float[] rescaled = new float[cumprod.length];
    for (int i = 0; i < last; i++) {
      double shifted = (Math.sqrt(cumprod[i]) - end) * start / (start - end);
      rescaled[i] = (float) (shifted * shifted);
    }
    return rescaled;
  }
}

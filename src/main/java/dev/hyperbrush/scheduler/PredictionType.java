package dev.hyperbrush.scheduler;

import dev.hyperbrush.tensor.Tensor;

/**
 * What the denoiser predicts of latents {@code x = alpha * x0 + sigma * epsilon}, with alpha² +
 * sigma² = 1.
 */
public enum PredictionType {
  /** The noise (Ho et al., "Denoising Diffusion Probabilistic Models", arXiv 2006.11239). */
  EPSILON {
    @Override
    Tensor predOriginalSample(Tensor modelOutput, Tensor x, double alpha, double sigma) {
      return Blend.of(1 / alpha, x, -sigma / alpha, modelOutput);
    }

    @Override
    Tensor predEpsilon(Tensor modelOutput, Tensor x, double alpha, double sigma) {
      return modelOutput;
    }
  },

  /** {@code alpha * epsilon - sigma * x0} (Salimans and Ho, arXiv 2202.00512). */
  V_PREDICTION {
    @Override
    Tensor predOriginalSample(Tensor modelOutput, Tensor x, double alpha, double sigma) {
      return Blend.of(alpha, x, -sigma, modelOutput);
    }

    @Override
    Tensor predEpsilon(Tensor modelOutput, Tensor x, double alpha, double sigma) {
      return Blend.of(sigma, x, alpha, modelOutput);
    }
  },

  /** The picture itself. */
  SAMPLE {
    @Override
    Tensor predOriginalSample(Tensor modelOutput, Tensor x, double alpha, double sigma) {
      return modelOutput;
    }

    @Override
    Tensor predEpsilon(Tensor modelOutput, Tensor x, double alpha, double sigma) {
      return Blend.of(1 / sigma, x, -alpha / sigma, modelOutput);
    }
  };

  /** x0, the latents of the finished picture. */
  abstract Tensor predOriginalSample(Tensor modelOutput, Tensor x, double alpha, double sigma);

  /** The noise in {@code x}. */
  abstract Tensor predEpsilon(Tensor modelOutput, Tensor x, double alpha, double sigma);
}

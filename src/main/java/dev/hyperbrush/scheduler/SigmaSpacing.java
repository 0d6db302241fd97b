package dev.hyperbrush.scheduler;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** How noise levels are spread between the largest and the smallest of a run. */
public enum SigmaSpacing {
  /** As the timesteps have them. */
  TIMESTEPS {
    @Override
    double[] spread(double[] sigmas) {
      return sigmas;
    }
  },

  /** Karras et al., "Elucidating the Design Space", arXiv 2206.00364, equation 5, rho 7. */
  KARRAS {
    private static final double RHO = 7;

    @Override
    double[] spread(double[] sigmas) {
      double max = Math.pow(sigmas[0], 1 / RHO);
      double min = Math.pow(sigmas[sigmas.length - 1], 1 / RHO);
      return ramp(sigmas.length, part -> Math.pow(max + part * (min - max), RHO));
    }
  },

  /** Equal ratios. */
  EXPONENTIAL {
    @Override
    double[] spread(double[] sigmas) {
      double max = Math.log(sigmas[0]);
      double min = Math.log(sigmas[sigmas.length - 1]);
      return ramp(sigmas.length, part -> Math.exp(max + part * (min - max)));
    }
  },

  /** Lee et al., "Beta Sampling is All You Need", arXiv 2407.12173, alpha and beta 0.6. */
  BETA {
    private static final double SHAPE = 0.6;

    @Override
    double[] spread(double[] sigmas) {
      double max = sigmas[0];
      double min = sigmas[sigmas.length - 1];
      return ramp(
          sigmas.length, part -> min + SymmetricBeta.quantile(1 - part, SHAPE) * (max - min));
    }
  };

  /**
   * As many noise levels between the first and the last of {@code sigmas}, largest first; a single
   * one is the first.
   */
  abstract double[] spread(double[] sigmas);

  private static double[] ramp(int size, DoubleUnaryOperator level) {
    double[] levels = new double[size];
    Arrays.setAll(levels, i -> level.applyAsDouble(size == 1 ? 0 : (double) i / (size - 1)));
    return levels;
  }
}

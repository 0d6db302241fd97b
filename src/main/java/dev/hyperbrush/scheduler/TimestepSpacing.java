package dev.hyperbrush.scheduler;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;

/**
 * Which of the timesteps of training a run visits (Lin et al., "Common Diffusion Noise Schedules
 * and Sample Steps are Flawed", arXiv 2305.08891, table 2). The numbers are those of diffusers, to
 * the last rounding.
 */
public enum TimestepSpacing {
  /** Equal whole steps from the clean end; never reaches the noisiest timestep. */
  LEADING {
    @Override
    double[] timesteps(int steps, int trainTimesteps, int stepsOffset) {
      int ratio = trainTimesteps / steps;
      return fill(steps, i -> (double) (steps - 1 - i) * ratio + stepsOffset);
    }
  },

  /** From the noisiest timestep to the cleanest, fractions included. */
  LINSPACE {
    @Override
    double[] timesteps(int steps, int trainTimesteps, int stepsOffset) {
      int last = trainTimesteps - 1;
      double ratio = steps == 1 ? 0 : (double) last / (steps - 1);
      return fill(steps, i -> i == 0 && steps > 1 ? last : (steps - 1 - i) * ratio);
    }
  },

  /** From the noisiest timestep on, as few-step models are trained. */
  TRAILING {
    @Override
    double[] timesteps(int steps, int trainTimesteps, int stepsOffset) {
      // NumPy's arange adds multiples of this difference; ties of the rounding depend on it.
      double difference = trainTimesteps - (double) trainTimesteps / steps - trainTimesteps;
      return fill(steps, i -> Math.rint(trainTimesteps + i * difference) - 1);
    }
  };

  /** By the name that settings have for it, for example {@code trailing}. */
  public static TimestepSpacing named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /**
   * The timesteps in the order of a run, largest first.
   *
   * @param trainTimesteps how many the model was trained with
   * @param stepsOffset added to each by {@link #LEADING} only
   */
  abstract double[] timesteps(int steps, int trainTimesteps, int stepsOffset);

  /** The same, rounded to timesteps that the model was trained with. */
  double[] wholeTimesteps(int steps, int trainTimesteps, int stepsOffset) {
    return Arrays.stream(timesteps(steps, trainTimesteps, stepsOffset)).map(Math::rint).toArray();
  }

  private static double[] fill(int steps, IntToDoubleFunction timestep) {
    double[] timesteps = new double[steps];
    Arrays.setAll(timesteps, timestep);
    return timesteps;
  }
}

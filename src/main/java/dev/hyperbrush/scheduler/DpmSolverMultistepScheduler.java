package dev.hyperbrush.scheduler;

import dev.hyperbrush.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * DPM-Solver++(2M): Lu et al., "DPM-Solver++: Fast Solver for Guided Sampling of Diffusion
 * Probabilistic Models", arXiv 2211.01095, algorithm 2, and its stochastic variant, equation 18.
 * Second order from the second step on, with the picture that the step before predicted. Unlike its
 * siblings', its latents keep the variance that the denoiser knows.
 *
 * <p>Immutable.
 */
final class DpmSolverMultistepScheduler implements SigmaScheduler {
  /** Runs of fewer steps end in a step of first order, where the second is unstable. */
  private static final int FEW_STEPS = 15;

  private final SchedulerConfig config;
  private final NoiseLevels levels;

  DpmSolverMultistepScheduler(SchedulerConfig config, double[] timesteps) {
    this.config = config;
    this.levels = NoiseLevels.ofTraining(config, timesteps);
  }

  /** Of a run of one step more, as diffusers counts; the cleanest is not visited. */
  static double[] timesteps(SchedulerConfig config, int steps) {
    return config.timestepSpacing() == TimestepSpacing.TRAILING
        ? config.wholeTimesteps(steps)
        : Arrays.copyOf(config.wholeTimesteps(steps + 1), steps);
  }

  @Override
  public NoiseLevels levels() {
    return levels;
  }

  @Override
  public float initNoiseSigma() {
    return 1;
  }

  @Override
  public Tensor scaleModelInput(Tensor latents, int step) {
    return latents;
  }

  @Override
  public SchedulerStep step(Tensor modelOutput, int step, SchedulerStep before, NoiseSource noise) {
    Tensor latents = before.prevSample();
    Tensor predOriginalSample =
        config
            .predictionType()
            .predOriginalSample(
                modelOutput, latents, alpha(step), alpha(step) * levels.sigma(step));
    Jump jump = new Jump(step);
    Tensor prevSample = Blend.of(jump.kept(), latents, jump.gained(), predOriginalSample);
    if (config.solver().order() > 1 && !before.memory().isEmpty() && !firstOrderAtEnd(step)) {
      Tensor slope = Blend.of(1, predOriginalSample, -1, before.memory().getFirst());
      prevSample = Blend.of(1, prevSample, jump.slopeWeight(), slope);
    }
    if (config.solver().stochastic()) {
      Tensor fresh = noise.next(latents.shape());
      prevSample = Blend.of(1, prevSample, jump.freshNoise(), fresh);
    }
    return new SchedulerStep(prevSample, predOriginalSample, List.of(predOriginalSample));
  }

  @Override
  public Tensor addNoise(Tensor original, Tensor noise, int step) {
    return Blend.of(alpha(step), original, alpha(step) * levels.sigma(step), noise);
  }

  private boolean firstOrderAtEnd(int step) {
    return step == steps() - 1
        && (config.solver().eulerAtFinal()
            || (config.solver().lowerOrderFinal() && steps() < FEW_STEPS)
            || config.finalSigma() == SchedulerConfig.FinalSigma.ZERO);
  }

  private double alpha(int step) {
    return 1 / Math.hypot(levels.sigma(step), 1);
  }

  /** Logarithm of the signal-to-noise ratio, the time in which the solver integrates. */
  private double lambda(int step) {
    return -Math.log(levels.sigma(step));
  }

  /** The weights of one step, in the paper's terms. */
  private final class Jump {
    private final int step;
    private final double h;
    private final double decay;

    Jump(int step) {
      this.step = step;
      this.h = lambda(step + 1) - lambda(step);
      this.decay = Math.exp(config.solver().stochastic() ? -2 * h : -h);
    }

    /** Weight of the latents. */
    double kept() {
      double ratio = levels.sigma(step + 1) * alpha(step + 1) / (levels.sigma(step) * alpha(step));
      return config.solver().stochastic() ? ratio * Math.exp(-h) : ratio;
    }

    /** Weight of the predicted predOriginalSample. */
    double gained() {
      return alpha(step + 1) * (1 - decay);
    }

    /** Weight of the difference between the last two predicted pictures. */
    double slopeWeight() {
      double perPicture = h / (lambda(step) - lambda(step - 1));
      return switch (config.solver().type()) {
        case MIDPOINT -> 0.5 * gained() * perPicture;
        case HEUN -> alpha(step + 1) * (1 - (1 - decay) / -Math.log(decay)) * perPicture;
      };
    }

    double freshNoise() {
      return levels.sigma(step + 1) * alpha(step + 1) * Math.sqrt(1 - decay);
    }
  }
}

package dev.hyperbrush.scheduler;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * DPM-Solver++(2M): Lu et al., "DPM-Solver++: Fast Solver for Guided Sampling of Diffusion
 * Probabilistic Models", arXiv 2211.01095, algorithm 2, and its stochastic variant, equation 18.
 * Second order from the second step on, with the picture that the step before predicted.
 *
 * <p>Immutable.
 */
final class DpmSolverMultistepScheduler implements VariancePreservingScheduler {
  /** Runs of fewer steps end in a step of first order, where the second is unstable. */
  private static final int FEW_STEPS = 15;

  private final SchedulerConfig config;
  private final NoiseLevels levels;

  /**
   * @throws Refusal when the config asks for the third order
   */
  DpmSolverMultistepScheduler(SchedulerConfig config, double[] timesteps) {
    if (config.solver().order() > 2) {
      throw new Refusal(
          ReasonCode.CONFIG_VALUE_BAD,
          "solver_order",
          config.solver().order(),
          "DPM++ 2M",
          "1 or 2");
    }
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
  public SchedulerStep step(Tensor modelOutput, int step, SchedulerStep before, NoiseSource noise) {
    Tensor latents = before.prevSample();
    Tensor predOriginalSample =
        config.predictionType().predOriginalSample(modelOutput, latents, alpha(step), sigma(step));
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

  private boolean firstOrderAtEnd(int step) {
    return step == steps() - 1
        && (config.solver().eulerAtFinal()
            || (config.solver().lowerOrderFinal() && steps() < FEW_STEPS)
            || config.finalSigma() == SchedulerConfig.FinalSigma.ZERO);
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
      double ratio = sigma(step + 1) / sigma(step);
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
        case MIDPOINT, BH1, BH2 -> 0.5 * gained() * perPicture;
        case HEUN -> alpha(step + 1) * (1 - (1 - decay) / -Math.log(decay)) * perPicture;
      };
    }

    double freshNoise() {
      return sigma(step + 1) * Math.sqrt(1 - decay);
    }
  }
}

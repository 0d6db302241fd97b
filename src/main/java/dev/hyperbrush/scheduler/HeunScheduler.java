package dev.hyperbrush.scheduler;

import dev.hyperbrush.tensor.Tensor;
import java.util.List;

/**
 * Heun's method along the noise levels: Karras et al., "Elucidating the Design Space of
 * Diffusion-Based Generative Models", arXiv 2206.00364, algorithm 2 without churn. Two calls a
 * step: the first is Euler's, the second asks at its end and takes the mean of both directions.
 *
 * <p>Immutable.
 */
record HeunScheduler(NoiseLevels levels, PredictionType predictionType)
    implements TwoCallScheduler {
  HeunScheduler(SchedulerConfig config, double[] timesteps) {
    this(NoiseLevels.ofRun(config, timesteps).twice(), config.predictionType());
  }

  @Override
  public SchedulerStep step(Tensor modelOutput, int step, SchedulerStep before, NoiseSource noise) {
    Tensor latents = before.prevSample();
    Tensor predOriginalSample =
        levels.predOriginalSample(predictionType, modelOutput, latents, step);
    float from = levels.sigma(step);
    Tensor direction = Blend.of(1 / from, latents, -1 / from, predOriginalSample);
    if (TwoCallScheduler.isFirst(step)) {
      Tensor prevSample = Blend.of(1, latents, levels.sigma(step + 1) - from, direction);
      return new SchedulerStep(prevSample, predOriginalSample, List.of(latents, direction));
    }
    Tensor start = before.memory().get(0);
    Tensor mean = Blend.of(0.5, before.memory().get(1), 0.5, direction);
    return new SchedulerStep(
        Blend.of(1, start, from - levels.sigma(step - 1), mean), predOriginalSample);
  }
}

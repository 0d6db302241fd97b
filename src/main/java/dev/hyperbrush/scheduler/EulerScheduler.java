package dev.hyperbrush.scheduler;

import dev.hyperbrush.tensor.Tensor;

/**
 * Euler's method along the noise levels: Karras et al., "Elucidating the Design Space of
 * Diffusion-Based Generative Models", arXiv 2206.00364, algorithm 2 without churn.
 *
 * <p>Immutable.
 */
record EulerScheduler(NoiseLevels levels, PredictionType predictionType) implements SigmaScheduler {
  EulerScheduler(SchedulerConfig config, double[] timesteps) {
    this(NoiseLevels.ofRun(config, timesteps), config.predictionType());
  }

  @Override
  public SchedulerStep step(Tensor modelOutput, int step, SchedulerStep before, NoiseSource noise) {
    Tensor latents = before.prevSample();
    Tensor predOriginalSample =
        levels.predOriginalSample(predictionType, modelOutput, latents, step);
    return new SchedulerStep(
        levels.lower(latents, predOriginalSample, step, levels.sigma(step + 1)),
        predOriginalSample);
  }
}

package dev.hyperbrush.scheduler;

import dev.hyperbrush.tensor.Tensor;

/**
 * Euler's method along the noise levels: Karras et al., "Elucidating the Design Space of
 * Diffusion-Based Generative Models", arXiv 2206.00364, algorithm 2 without churn. Latents carry
 * noise of standard deviation sigma on a picture of full strength.
 *
 * <p>Immutable.
 */
final class EulerScheduler implements SigmaScheduler {
  private final NoiseLevels levels;
  private final PredictionType predictionType;

  EulerScheduler(SchedulerConfig config, double[] timesteps) {
    this.levels = NoiseLevels.ofRun(config, timesteps);
    this.predictionType = config.predictionType();
  }

  @Override
  public NoiseLevels levels() {
    return levels;
  }

  @Override
  public float initNoiseSigma() {
    return levels.initNoiseSigma();
  }

  @Override
  public Tensor scaleModelInput(Tensor latents, int step) {
    return levels.scaleModelInput(latents, step);
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

  @Override
  public Tensor addNoise(Tensor original, Tensor noise, int step) {
    return Blend.of(1, original, levels.sigma(step), noise);
  }
}

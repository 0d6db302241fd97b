package dev.hyperbrush.scheduler;

import dev.hyperbrush.tensor.Tensor;

/**
 * Euler steps that go below the next noise level and add fresh noise up to it: "ancestral" sampling
 * of Song et al., arXiv 2011.13456, in the noise levels of Karras et al., arXiv 2206.00364
 * (k-diffusion's {@code sample_euler_ancestral} with eta 1).
 *
 * <p>Immutable.
 */
record EulerAncestralScheduler(NoiseLevels levels, PredictionType predictionType)
    implements SigmaScheduler {
  EulerAncestralScheduler(SchedulerConfig config, double[] timesteps) {
    this(NoiseLevels.ofRun(config, timesteps), config.predictionType());
  }

  @Override
  public SchedulerStep step(Tensor modelOutput, int step, SchedulerStep before, NoiseSource noise) {
    Tensor latents = before.prevSample();
    Tensor predOriginalSample =
        levels.predOriginalSample(predictionType, modelOutput, latents, step);
    float from = levels.sigma(step);
    float to = levels.sigma(step + 1);
    float up = (float) Math.sqrt(to * to * (from * from - to * to) / (from * from));
    float down = (float) Math.sqrt(to * to - up * up);
    Tensor lowered = levels.lower(latents, predOriginalSample, step, down);
    // The last step adds nothing, but draws: generators must agree with diffusers' afterwards.
    Tensor fresh = noise.next(latents.shape());
    return new SchedulerStep(Blend.of(1, lowered, up, fresh), predOriginalSample);
  }
}

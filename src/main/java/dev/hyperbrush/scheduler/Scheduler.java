package dev.hyperbrush.scheduler;

import dev.hyperbrush.tensor.Tensor;

/** One published sampling algorithm, built for one number of steps. Immutable; pure arithmetic. */
public interface Scheduler {
  /** How often the denoiser is called. */
  int steps();

  /** What the denoiser is told at call {@code step}, 0 to {@code steps() - 1}. */
  float timestep(int step);

  /** Standard deviation of the noise that drawing starts from. */
  float initNoiseSigma();

  /** The latents as the denoiser wants to see them at call {@code step}. */
  Tensor scaleModelInput(Tensor latents, int step);

  /**
   * One step back from noise.
   *
   * @param modelOutput what the denoiser predicted at call {@code step}
   * @param latents as they were before this step, unscaled
   * @param noise asked for fresh noise only by algorithms that need it, at most once per step
   */
  SchedulerStep step(Tensor modelOutput, int step, Tensor latents, NoiseSource noise);
}

package dev.hyperbrush.scheduler;

import dev.hyperbrush.tensor.Tensor;

/**
 * One published sampling algorithm, built for one number of steps. Immutable; pure arithmetic: what
 * a run has to remember between two steps travels in {@link SchedulerStep}.
 */
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
   * @param before what the step before gave, {@link SchedulerStep#start} for the first of a run
   * @param noise asked for fresh noise only by algorithms that need it, at most once per step
   */
  SchedulerStep step(Tensor modelOutput, int step, SchedulerStep before, NoiseSource noise);

  /** Latents of a picture with the noise that call {@code step} expects: where a run may start. */
  Tensor addNoise(Tensor original, Tensor noise, int step);

  /**
   * The call that a run starts with when a picture is the start.
   *
   * @param strength share of the steps that are run, 0 (the last step only) to 1 (all)
   */
  default int firstStep(double strength) {
    int run = Math.clamp((long) (steps() * strength), 1, steps());
    return steps() - run;
  }
}

package dev.hyperbrush.scheduler;

import dev.hyperbrush.tensor.Tensor;

/** What those have in common whose latents keep the variance that the denoiser knows. */
interface TimestepScheduler extends Scheduler {
  NoiseSchedule schedule();

  /** Whole timesteps of training, largest first. */
  int[] timesteps();

  @Override
  default int steps() {
    return timesteps().length;
  }

  @Override
  default float timestep(int step) {
    return timesteps()[step];
  }

  @Override
  default float initNoiseSigma() {
    return 1;
  }

  @Override
  default Tensor scaleModelInput(Tensor latents, int step) {
    return latents;
  }

  @Override
  default Tensor addNoise(Tensor original, Tensor noise, int step) {
    int t = timesteps()[step];
    return Blend.of(schedule().alpha(t), original, schedule().sigma(t), noise);
  }
}

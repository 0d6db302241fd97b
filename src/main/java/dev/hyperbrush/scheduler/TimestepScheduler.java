package dev.hyperbrush.scheduler;

import dev.hyperbrush.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** What those have in common whose latents keep the variance that the denoiser knows. */
interface TimestepScheduler extends Scheduler {
  NoiseSchedule schedule();

  /** Whole timesteps of training, largest first. */
  List<Integer> timesteps();

  static List<Integer> whole(double[] timesteps) {
    return Arrays.stream(timesteps).mapToObj(timestep -> (int) timestep).toList();
  }

  @Override
  default int steps() {
    return timesteps().size();
  }

  @Override
  default float timestep(int step) {
    return timesteps().get(step);
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
    int t = timesteps().get(step);
    return Blend.of(schedule().alpha(t), original, schedule().sigma(t), noise);
  }
}

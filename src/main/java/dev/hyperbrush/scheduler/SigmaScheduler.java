package dev.hyperbrush.scheduler;

import dev.hyperbrush.tensor.Tensor;

/**
 * What those have in common that count in noise levels: latents are a picture of full strength plus
 * noise of standard deviation sigma.
 */
interface SigmaScheduler extends Scheduler {
  NoiseLevels levels();

  @Override
  default int steps() {
    return levels().steps();
  }

  @Override
  default float timestep(int step) {
    return levels().timestep(step);
  }

  @Override
  default float initNoiseSigma() {
    return levels().initNoiseSigma();
  }

  @Override
  default Tensor scaleModelInput(Tensor latents, int step) {
    return levels().scaleModelInput(latents, step);
  }

  @Override
  default Tensor addNoise(Tensor original, Tensor noise, int step) {
    return Blend.of(1, original, levels().sigma(step), noise);
  }
}

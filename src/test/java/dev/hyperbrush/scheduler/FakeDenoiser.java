package dev.hyperbrush.scheduler;

import dev.hyperbrush.Reference;
import dev.hyperbrush.checkpoint.SafetensorsFile;
import dev.hyperbrush.tensor.Tensor;

/** The reference's stand-in for a UNet: its trajectories were recorded with it. */
final class FakeDenoiser {
  private final Tensor constant =
      SafetensorsFile.open(Reference.path("schedulers/common.safetensors")).read("const_C");

  /** 0.3 x + sin(t / 100) C. */
  Tensor predict(Tensor input, float timestep) {
    Tensor epsilon = Tensor.zeros(input.shape());
    float weight = (float) Math.sin((double) timestep / 100);
    for (int i = 0; i < epsilon.data().length; i++) {
      epsilon.data()[i] = 0.3f * input.data()[i] + weight * constant.data()[i];
    }
    return epsilon;
  }
}

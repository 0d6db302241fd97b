package dev.hyperbrush.pipeline;

import dev.hyperbrush.denoiser.Conditioning;
import dev.hyperbrush.denoiser.Denoiser;
import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.tensor.Tensor;

/** A denoiser that is opened when it is called. Owned by one thread. */
record HeldDenoiser(Held<Denoiser> held) implements Denoiser {
  @Override
  public Tensor predict(
      Tensor sample, float timestep, Conditioning conditioning, Cancellation cancellation) {
    return held.get().predict(sample, timestep, conditioning, cancellation);
  }

  @Override
  public void close() {
    held.close();
  }
}

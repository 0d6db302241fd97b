package dev.hyperbrush.denoiser;

import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.tensor.Tensor;

/** The network that is called once per step. Owned by one thread. */
public interface Denoiser extends AutoCloseable {
  /**
   * Predicts the noise (or whatever the model was trained to predict) in {@code sample}.
   *
   * @param sample {@code [batch, 4, height / 8, width / 8]}, scaled for the model
   * @return the prediction, of the same shape
   */
  Tensor predict(
      Tensor sample, float timestep, Conditioning conditioning, Cancellation cancellation);

  @Override
  void close();
}

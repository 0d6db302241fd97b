package dev.hyperbrush.vae;

import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.tensor.Tensor;

/**
 * Between latents and pixels, both ways; decoding divides by the scaling factor first. Owned by one
 * thread.
 */
public interface Vae extends LatentDecoder {
  /**
   * Encodes a batch of pictures.
   *
   * @param images {@code [batch, 3, height, width]}, -1 to 1
   * @return mean and log variance of the posterior, not yet scaled
   */
  LatentDistribution encode(Tensor images, Cancellation cancellation);
}

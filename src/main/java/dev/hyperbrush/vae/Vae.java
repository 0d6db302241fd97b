package dev.hyperbrush.vae;

import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.RgbImage;
import dev.hyperbrush.tensor.Tensor;
import java.util.List;

/** Between latents and pixels. Owned by one thread. */
public interface Vae extends AutoCloseable {
  /** Pixels per latent along each side: 8 for SDXL. */
  int factor();

  /**
   * Decodes a batch of latents into pictures.
   *
   * @param latents {@code [batch, 4, height / factor, width / factor]} as the denoiser leaves them
   *     (this divides by the scaling factor)
   */
  List<RgbImage> decode(Tensor latents, Cancellation cancellation);

  /**
   * Encodes a batch of pictures.
   *
   * @param images {@code [batch, 3, height, width]}, -1 to 1
   * @return mean and log variance of the posterior, not yet scaled
   */
  LatentDistribution encode(Tensor images, Cancellation cancellation);

  @Override
  void close();
}

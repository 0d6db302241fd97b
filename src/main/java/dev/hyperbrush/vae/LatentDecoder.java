package dev.hyperbrush.vae;

import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.RgbImage;
import dev.hyperbrush.tensor.Tensor;
import java.util.List;

/** From latents to pixels. Owned by one thread. */
public interface LatentDecoder extends AutoCloseable {
  /** Pixels per latent along each side: 8 for SDXL. */
  int factor();

  /**
   * Decodes a batch of latents into pictures.
   *
   * @param latents {@code [batch, 4, height / factor, width / factor]} as the denoiser leaves them
   */
  List<RgbImage> decode(Tensor latents, Cancellation cancellation);

  @Override
  void close();
}

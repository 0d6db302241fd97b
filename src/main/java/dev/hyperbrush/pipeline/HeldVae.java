package dev.hyperbrush.pipeline;

import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.RgbImage;
import dev.hyperbrush.tensor.Tensor;
import dev.hyperbrush.vae.LatentDistribution;
import dev.hyperbrush.vae.Vae;
import java.util.List;

/** An autoencoder that is opened when it is called. Owned by one thread. */
record HeldVae(Held<Vae> held) implements Vae {
  @Override
  public int factor() {
    return held.get().factor();
  }

  @Override
  public List<RgbImage> decode(Tensor latents, Cancellation cancellation) {
    return held.get().decode(latents, cancellation);
  }

  @Override
  public LatentDistribution encode(Tensor images, Cancellation cancellation) {
    return held.get().encode(images, cancellation);
  }

  @Override
  public void close() {
    held.close();
  }
}

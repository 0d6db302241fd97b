package dev.hyperbrush.pipeline;

import dev.hyperbrush.vae.LatentDecoder;
import dev.hyperbrush.vae.TinyDecoder;
import dev.hyperbrush.vae.Vae;
import java.util.Optional;

/**
 * What makes pixels of a model's latents. Owned by one thread.
 *
 * @param tiny for previews and drafts, where one is installed
 */
record Decoders(Vae vae, TinyDecoder tiny) implements AutoCloseable {
  /** Without a tiny one. */
  static Decoders of(Vae vae) {
    return new Decoders(vae, TinyDecoder.none());
  }

  /**
   * Pixels per latent along each side. Looks for the tiny decoder too, before networks take turns.
   */
  int factor() {
    int factor = vae.factor();
    var _ = tiny.get(() -> factor);
    return factor;
  }

  Optional<LatentDecoder> tinyOne() {
    return tiny.get(vae::factor);
  }

  /** For pictures that somebody keeps. */
  LatentDecoder forPicture(boolean draft) {
    return draft ? tinyOne().orElse(vae) : vae;
  }

  /**
   * For pictures in between: a tiny decoder is cheap always.
   *
   * @param vaeToo whether the VAE is so as well
   */
  Optional<LatentDecoder> forPreview(boolean vaeToo) {
    return tinyOne().or(() -> Optional.<LatentDecoder>of(vae).filter(_ -> vaeToo));
  }

  @Override
  public void close() {
    tiny.close();
    vae.close();
  }
}

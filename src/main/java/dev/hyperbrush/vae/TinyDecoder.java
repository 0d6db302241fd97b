package dev.hyperbrush.vae;

import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.onnx.OnnxSettings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tiny decoder of a model, which is loaded when it is first needed. One that cannot be used is
 * said in the log, and is then like none. Owned by one thread.
 */
public final class TinyDecoder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TinyDecoder.class);

  private final Optional<Path> file;
  private final int channels;
  private final OnnxSettings settings;
  private final VaePolicy policy;
  private Optional<TinyVae> loaded = Optional.empty();
  private boolean looked;

  /**
   * A decoder that is not loaded yet.
   *
   * @param file where it is, or its folder in diffusers layout; empty where none is installed
   * @param channels of the latents that it has to take
   */
  public TinyDecoder(Optional<Path> file, int channels, OnnxSettings settings, VaePolicy policy) {
    this.file = file;
    this.channels = channels;
    this.settings = settings;
    this.policy = policy;
  }

  /** None. */
  public static TinyDecoder none() {
    return new TinyDecoder(Optional.empty(), 0, OnnxSettings.cpu(), VaePolicy.of(VaeTiling.AUTO));
  }

  /**
   * The decoder, loaded.
   *
   * @param factor pixels that it has to make of a latent, along each side; asked when it is loaded
   */
  public Optional<LatentDecoder> get(IntSupplier factor) {
    if (!looked) {
      looked = true;
      loaded = file.flatMap(path -> load(path, factor.getAsInt()));
    }
    return loaded.map(LatentDecoder.class::cast);
  }

  private Optional<TinyVae> load(Path path, int factor) {
    try {
      TinyVae tiny = TinyVae.load(path, settings, policy);
      if (tiny.factor() == factor && tiny.latentChannels() == channels) {
        return Optional.of(tiny);
      }
      tiny.close();
      LOG.warn(
          "the tiny decoder {} makes {} pixels of a latent of {} channels, the model's VAE {} of "
              + "{}: it is not used",
          path,
          tiny.factor(),
          tiny.latentChannels(),
          factor,
          channels);
    } catch (Refusal unusable) {
      LOG.warn("the tiny decoder {} cannot be used: {}", path, unusable.getMessage());
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    loaded.ifPresent(TinyVae::close);
    loaded = Optional.empty();
    looked = false;
  }
}

package dev.hyperbrush.vae;

import dev.hyperbrush.checkpoint.Component;
import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.RgbImage;
import dev.hyperbrush.graph.Precision;
import dev.hyperbrush.graph.VaeGraph;
import dev.hyperbrush.onnx.OnnxSettings;
import dev.hyperbrush.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The autoencoder of latent diffusion on ONNX Runtime. Owned by one thread.
 *
 * <p>Pictures go through it one after another: together they would take a multiple of the memory
 * and hardly less time. Large ones go in tiles where {@link VaePolicy} says so. What comes out
 * broken in half precision is computed again in 32 bits, and so is everything after it.
 */
public final class OnnxVae implements Vae {
  private static final Logger LOG = LoggerFactory.getLogger(OnnxVae.class);

  /** Along each side; an overlap of a quarter, as in diffusers. */
  private static final int TILE_LATENTS = 64;

  private final Component component;
  private final OnnxSettings settings;
  private final VaePolicy policy;
  private final int factor;
  private final int tile;
  private VaeNetwork network;

  private OnnxVae(Component component, OnnxSettings settings, VaePolicy policy, int tile) {
    this.component = component;
    this.settings = settings;
    this.policy = policy;
    this.tile = tile;
    this.factor = VaeGraph.factor(component);
    this.network =
        new VaeNetwork(component, settings, policy.half().of(component, settings.provider()));
    network.open();
  }

  /** Builds the graph and loads the weights; a {@link Refusal} names what does not fit. */
  public static OnnxVae load(Component vae, OnnxSettings settings, VaePolicy policy) {
    return new OnnxVae(vae, settings, policy, TILE_LATENTS);
  }

  /** As above, in tiles when memory is short. */
  public static OnnxVae load(Component vae, OnnxSettings settings) {
    return load(vae, settings, VaePolicy.of(VaeTiling.AUTO));
  }

  /** With tiles of another size than usual. */
  static OnnxVae withTiles(int latents, Component vae, OnnxSettings settings, VaePolicy policy) {
    return new OnnxVae(vae, settings, policy, latents);
  }

  @Override
  public int factor() {
    return factor;
  }

  @Override
  public List<RgbImage> decode(Tensor latents, Cancellation cancellation) {
    return frugally(latents.dim(2), latents.dim(3), tiled -> decode(latents, tiled, cancellation));
  }

  /** As {@link #decode}, in tiles in any case. */
  List<RgbImage> decodeTiled(Tensor latents, Cancellation cancellation) {
    return decode(latents, true, cancellation);
  }

  private List<RgbImage> decode(Tensor latents, boolean tiled, Cancellation cancellation) {
    List<RgbImage> pictures = new ArrayList<>();
    for (int i = 0; i < latents.dim(0); i++) {
      Tensor one = latents.slice(i, i + 1);
      pictures.add(
          sound(
              vae ->
                  tiled ? Pixels.of(tiled(vae, one, cancellation)) : vae.picture(one, cancellation),
              picture -> !Pixels.areBlack(picture)));
    }
    return pictures;
  }

  private Tensor tiled(VaeNetwork vae, Tensor latents, Cancellation cancellation) {
    return new TiledPass(tile, tile / 4, 1, factor, 3)
        .run(latents, part -> vae.image(part, cancellation));
  }

  /** As {@link #decode}, at once and before rounding: {@code [batch, 3, height, width]}. */
  public Tensor decodeFloat(Tensor latents, Cancellation cancellation) {
    return network.image(latents, cancellation);
  }

  /** As {@link #decodeTiled}, before rounding, of one picture. */
  Tensor decodeTiledFloat(Tensor latents, Cancellation cancellation) {
    return tiled(network, latents, cancellation);
  }

  @Override
  public LatentDistribution encode(Tensor images, Cancellation cancellation) {
    return frugally(
        images.dim(2) / factor,
        images.dim(3) / factor,
        tiled -> encode(images, tiled, cancellation));
  }

  private LatentDistribution encode(Tensor images, boolean tiled, Cancellation cancellation) {
    Tensor[] means = new Tensor[images.dim(0)];
    Tensor[] logVariances = new Tensor[images.dim(0)];
    for (int i = 0; i < images.dim(0); i++) {
      Tensor one = images.slice(i, i + 1);
      Tensor moments = sound(vae -> moments(vae, one, tiled, cancellation), Numbers::areFinite);
      int[] shape = {2, moments.dim(1) / 2, moments.dim(2), moments.dim(3)};
      Tensor both = new Tensor(shape, moments.data());
      means[i] = both.slice(0, 1);
      logVariances[i] = both.slice(1, 2);
    }
    return new LatentDistribution(Tensor.concat(means), Tensor.concat(logVariances));
  }

  private Tensor moments(VaeNetwork vae, Tensor image, boolean tiled, Cancellation cancellation) {
    return tiled
        ? new TiledPass(tile, tile / 4, factor, 1, 2 * VaeGraph.latentChannels(component))
            .run(image, part -> vae.moments(part, cancellation))
        : vae.moments(image, cancellation);
  }

  /**
   * Tiles what is larger than a tile, where the policy has it so.
   *
   * @param work told whether to do it in tiles
   */
  private <T> T frugally(int height, int width, Function<Boolean, T> work) {
    if (height <= tile && width <= tile) {
      return work.apply(false);
    }
    long pixels = (long) height * width * factor * factor;
    return policy.run(
        VaeGraph.decoderBytes(component, pixels, network.precision()),
        settings.provider(),
        () -> work.apply(false),
        () -> work.apply(true));
  }

  /** What the network gives; if that is not sound in half precision, what it gives in 32 bits. */
  private <T> T sound(Function<VaeNetwork, T> run, Predicate<T> isSound) {
    T given = run.apply(network);
    if (isSound.test(given) || network.precision() == Precision.FLOAT) {
      return given;
    }
    network.close();
    network = new VaeNetwork(component, settings, Precision.FLOAT); // opened by the run
    T again = run.apply(network);
    if (isSound.test(again)) {
      policy.half().hasOverflowed(component);
      LOG.warn(
          "the VAE {} has numbers too large for half precision: from now on it computes in 32 bits",
          HalfPrecision.file(component));
    }
    return again;
  }

  @Override
  public void close() {
    network.close();
  }
}

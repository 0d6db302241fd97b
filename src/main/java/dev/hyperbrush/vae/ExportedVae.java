package dev.hyperbrush.vae;

import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.RgbImage;
import dev.hyperbrush.graph.Precision;
import dev.hyperbrush.graph.VaeGraph;
import dev.hyperbrush.onnx.OnnxArray.Floats;
import dev.hyperbrush.onnx.OnnxFile;
import dev.hyperbrush.onnx.OnnxOutputs;
import dev.hyperbrush.onnx.OnnxSession;
import dev.hyperbrush.onnx.OnnxSettings;
import dev.hyperbrush.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * An autoencoder that Hugging Face's optimum has exported, as it is. Owned by one thread.
 *
 * <p>Pictures go through it one after another, as through {@link OnnxVae}.
 */
public final class ExportedVae implements Vae {
  private static final String LATENTS = "latent_sample";
  private static final String MOMENTS = "latent_parameters";
  private static final String IMAGE = "sample";
  private static final int TILE_LATENTS = 64;
  private static final float MIN_LOG_VARIANCE = -30;
  private static final float MAX_LOG_VARIANCE = 20;

  private final Halves halves;
  private final OnnxSettings settings;
  private final VaePolicy policy;
  private final OnnxSession decoder;

  /** Opened when first needed: pictures from text alone never need it. */
  private Optional<OnnxSession> encoder = Optional.empty();

  /**
   * Where an autoencoder is, and what no graph says.
   *
   * @param decoder its graph
   * @param encoder its graph, where it was exported too
   * @param channels of the decoder's blocks, the finest first: each halves the sides
   * @param scalingFactor what the pipeline multiplies latents by
   */
  public record Halves(
      Path decoder, Optional<Path> encoder, List<Integer> channels, float scalingFactor) {
    public Halves {
      channels = List.copyOf(channels);
    }

    private int factor() {
      return 1 << (channels.size() - 1);
    }
  }

  private ExportedVae(Halves halves, OnnxSettings settings, VaePolicy policy) {
    this.halves = halves;
    this.policy = policy;
    this.settings = settings.withoutArena();
    this.decoder =
        OnnxSession.open(
            new OnnxFile("vae_decoder", halves.decoder, Set.of(LATENTS), Set.of(IMAGE)),
            this.settings);
  }

  /** Loads the decoder; a {@link Refusal} names what does not fit. */
  public static ExportedVae load(Halves halves, OnnxSettings settings, VaePolicy policy) {
    return new ExportedVae(halves, settings, policy);
  }

  @Override
  public int factor() {
    return halves.factor();
  }

  @Override
  public List<RgbImage> decode(Tensor latents, Cancellation cancellation) {
    if (latents.dim(2) <= TILE_LATENTS && latents.dim(3) <= TILE_LATENTS) {
      return decodeEach(latents, one -> image(one, cancellation));
    }
    long pixels = (long) latents.dim(2) * latents.dim(3) * factor() * factor();
    TiledPass tiles = new TiledPass(TILE_LATENTS, TILE_LATENTS / 4, 1, factor(), 3);
    return policy.run(
        VaeGraph.decoderBytes(halves.channels, pixels, Precision.FLOAT),
        settings.provider(),
        () -> decodeEach(latents, one -> image(one, cancellation)),
        () -> decodeEach(latents, one -> tiles.run(one, part -> image(part, cancellation))));
  }

  private static List<RgbImage> decodeEach(Tensor latents, UnaryOperator<Tensor> decode) {
    List<RgbImage> pictures = new ArrayList<>();
    for (int i = 0; i < latents.dim(0); i++) {
      pictures.add(Pixels.of(decode.apply(latents.slice(i, i + 1))));
    }
    return pictures;
  }

  /** {@code [1, 3, height, width]}, about -1 to 1. */
  private Tensor image(Tensor latents, Cancellation cancellation) {
    Tensor unscaled = Tensor.zeros(latents.shape());
    for (int i = 0; i < unscaled.data().length; i++) {
      unscaled.data()[i] = latents.data()[i] / halves.scalingFactor;
    }
    return decoder
        .run(Map.of(LATENTS, new Floats(unscaled)), Set.of(IMAGE), cancellation)
        .floats(IMAGE);
  }

  @Override
  public LatentDistribution encode(Tensor images, Cancellation cancellation) {
    List<LatentDistribution> each = new ArrayList<>();
    for (int i = 0; i < images.dim(0); i++) {
      each.add(encodeOne(images.slice(i, i + 1), cancellation));
    }
    return new LatentDistribution(
        Tensor.concat(each.stream().map(LatentDistribution::mean).toArray(Tensor[]::new)),
        Tensor.concat(each.stream().map(LatentDistribution::logVariance).toArray(Tensor[]::new)));
  }

  private LatentDistribution encodeOne(Tensor image, Cancellation cancellation) {
    OnnxSession session = encoder();
    // Older exports give one sample of the distribution in the place of its parameters.
    String output = session.gives(MOMENTS) ? MOMENTS : LATENTS;
    OnnxOutputs outputs =
        session.run(Map.of(IMAGE, new Floats(image)), Set.of(output), cancellation);
    Tensor given = outputs.floats(output);
    return output.equals(MOMENTS) ? moments(given) : new LatentDistribution(given, certain(given));
  }

  /** Of {@code [1, 2 * channels, height, width]}: means, then log variances. */
  private static LatentDistribution moments(Tensor both) {
    int[] shape = {2, both.dim(1) / 2, both.dim(2), both.dim(3)};
    Tensor halves = new Tensor(shape, both.data());
    Tensor logVariance = halves.slice(1, 2);
    for (int i = 0; i < logVariance.data().length; i++) {
      logVariance.data()[i] = Math.clamp(logVariance.data()[i], MIN_LOG_VARIANCE, MAX_LOG_VARIANCE);
    }
    return new LatentDistribution(halves.slice(0, 1), logVariance);
  }

  private static Tensor certain(Tensor mean) {
    Tensor logVariance = Tensor.zeros(mean.shape());
    Arrays.fill(logVariance.data(), MIN_LOG_VARIANCE);
    return logVariance;
  }

  private OnnxSession encoder() {
    OnnxSession session = encoder.orElseGet(this::openEncoder);
    encoder = Optional.of(session);
    return session;
  }

  private OnnxSession openEncoder() {
    Path graph =
        halves.encoder.orElseThrow(() ->
            new Refusal(ReasonCode.EXPORT_INCOMPLETE, halves.decoder, "vae_encoder/model.onnx"));
    return OnnxSession.open(new OnnxFile("vae_encoder", graph, Set.of(IMAGE), Set.of()), settings);
  }

  @Override
  public void close() {
    decoder.close();
    encoder.ifPresent(OnnxSession::close);
  }
}

package dev.hyperbrush.vae;

import dev.hyperbrush.checkpoint.Component;
import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.RgbImage;
import dev.hyperbrush.graph.VaeGraph;
import dev.hyperbrush.onnx.OnnxArray;
import dev.hyperbrush.onnx.OnnxOutputs;
import dev.hyperbrush.onnx.OnnxSession;
import dev.hyperbrush.onnx.OnnxSettings;
import dev.hyperbrush.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The autoencoder of SDXL on ONNX Runtime. Owned by one thread.
 *
 * <p>Pictures are decoded one after another: together they would take a multiple of the memory and
 * hardly less time.
 */
public final class OnnxVae implements Vae {
  private final Component component;
  private final OnnxSettings settings;
  private final OnnxSession decoder;
  private final int factor;

  /** Opened when first needed: pictures from text alone never need it. */
  private Optional<OnnxSession> encoder = Optional.empty();

  private OnnxVae(Component component, OnnxSettings settings, OnnxSession decoder) {
    this.component = component;
    this.settings = settings;
    this.decoder = decoder;
    this.factor = VaeGraph.factor(component);
  }

  /** Builds the graph and loads the weights; a {@link Refusal} names what does not fit. */
  public static OnnxVae load(Component vae, OnnxSettings settings) {
    OnnxSettings frugal = settings.withoutArena();
    return new OnnxVae(vae, frugal, OnnxSession.open(VaeGraph.decoder(vae), frugal));
  }

  @Override
  public int factor() {
    return factor;
  }

  @Override
  public List<RgbImage> decode(Tensor latents, Cancellation cancellation) {
    List<RgbImage> pictures = new ArrayList<>();
    for (int i = 0; i < latents.dim(0); i++) {
      OnnxArray.Bytes pixels =
          decode(latents.slice(i, i + 1), VaeGraph.PIXELS, cancellation).bytes(VaeGraph.PIXELS);
      int[] shape = pixels.shape(); // [1, height, width, 3]
      pictures.add(new RgbImage(shape[2], shape[1], pixels.data()));
    }
    return pictures;
  }

  /** As {@link #decode}, before rounding: {@code [batch, 3, height, width]}, about -1 to 1. */
  public Tensor decodeFloat(Tensor latents, Cancellation cancellation) {
    return decode(latents, VaeGraph.IMAGE, cancellation).floats(VaeGraph.IMAGE);
  }

  private OnnxOutputs decode(Tensor latents, String output, Cancellation cancellation) {
    return decoder.run(
        Map.of(VaeGraph.LATENTS, new OnnxArray.Floats(latents)), Set.of(output), cancellation);
  }

  @Override
  public LatentDistribution encode(Tensor images, Cancellation cancellation) {
    OnnxOutputs moments =
        encoder()
            .run(
                Map.of(VaeGraph.IMAGE, new OnnxArray.Floats(images)),
                Set.of(VaeGraph.MEAN, VaeGraph.LOG_VARIANCE),
                cancellation);
    return new LatentDistribution(
        moments.floats(VaeGraph.MEAN), moments.floats(VaeGraph.LOG_VARIANCE));
  }

  private OnnxSession encoder() {
    OnnxSession session =
        encoder.orElseGet(() -> OnnxSession.open(VaeGraph.encoder(component), settings));
    encoder = Optional.of(session);
    return session;
  }

  @Override
  public void close() {
    decoder.close();
    encoder.ifPresent(OnnxSession::close);
  }
}

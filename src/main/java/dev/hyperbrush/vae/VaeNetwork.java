package dev.hyperbrush.vae;

import dev.hyperbrush.checkpoint.Component;
import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.RgbImage;
import dev.hyperbrush.graph.Dialect;
import dev.hyperbrush.graph.Precision;
import dev.hyperbrush.graph.VaeGraph;
import dev.hyperbrush.onnx.OnnxArray;
import dev.hyperbrush.onnx.OnnxOutputs;
import dev.hyperbrush.onnx.OnnxSession;
import dev.hyperbrush.onnx.OnnxSettings;
import dev.hyperbrush.tensor.Tensor;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The two halves of an autoencoder in one precision. Owned by one thread. */
final class VaeNetwork implements AutoCloseable {
  private final Component component;
  private final OnnxSettings settings;
  private final Precision precision;
  private Optional<OnnxSession> decoder = Optional.empty();

  /** Opened when first needed: pictures from text alone never need it. */
  private Optional<OnnxSession> encoder = Optional.empty();

  /** One of which nothing is loaded yet. */
  VaeNetwork(Component component, OnnxSettings settings, Precision precision) {
    this.component = component;
    this.settings = settings.withoutArena();
    this.precision = precision;
  }

  /** Builds the decoder and loads its weights; a {@link Refusal} names what does not fit. */
  void open() {
    var _ = decoder();
  }

  private Dialect dialect() {
    return Dialect.of(settings).in(precision);
  }

  Precision precision() {
    return precision;
  }

  /** One picture; black all over where the numbers were none. */
  RgbImage picture(Tensor latents, Cancellation cancellation) {
    OnnxOutputs outputs = decode(latents, Set.of(VaeGraph.PIXELS, VaeGraph.LEVEL), cancellation);
    OnnxArray.Bytes pixels = outputs.bytes(VaeGraph.PIXELS);
    int[] shape = pixels.shape(); // [1, height, width, 3]
    return Numbers.areFinite(outputs.floats(VaeGraph.LEVEL))
        ? new RgbImage(shape[2], shape[1], pixels.data())
        : Pixels.black(shape[2], shape[1]);
  }

  /** {@code [batch, 3, height, width]}, about -1 to 1. */
  Tensor image(Tensor latents, Cancellation cancellation) {
    return decode(latents, Set.of(VaeGraph.IMAGE), cancellation).floats(VaeGraph.IMAGE);
  }

  private OnnxOutputs decode(Tensor latents, Set<String> outputs, Cancellation cancellation) {
    return decoder()
        .run(Map.of(VaeGraph.LATENTS, new OnnxArray.Floats(latents)), outputs, cancellation);
  }

  /** Mean and log variance of one picture, one after the other along the channels. */
  Tensor moments(Tensor image, Cancellation cancellation) {
    OnnxOutputs moments =
        encoder()
            .run(
                Map.of(VaeGraph.IMAGE, new OnnxArray.Floats(image)),
                Set.of(VaeGraph.MEAN, VaeGraph.LOG_VARIANCE),
                cancellation);
    Tensor mean = moments.floats(VaeGraph.MEAN);
    Tensor both = Tensor.concat(mean, moments.floats(VaeGraph.LOG_VARIANCE));
    int[] shape = {1, 2 * mean.dim(1), mean.dim(2), mean.dim(3)};
    return new Tensor(shape, both.data());
  }

  private OnnxSession decoder() {
    OnnxSession session =
        decoder.orElseGet(() -> OnnxSession.open(VaeGraph.decoder(component, dialect()), settings));
    decoder = Optional.of(session);
    return session;
  }

  private OnnxSession encoder() {
    OnnxSession session =
        encoder.orElseGet(() -> OnnxSession.open(VaeGraph.encoder(component, dialect()), settings));
    encoder = Optional.of(session);
    return session;
  }

  @Override
  public void close() {
    decoder.ifPresent(OnnxSession::close);
    encoder.ifPresent(OnnxSession::close);
  }
}

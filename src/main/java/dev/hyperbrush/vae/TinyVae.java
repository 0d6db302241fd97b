package dev.hyperbrush.vae;

import dev.hyperbrush.checkpoint.SafetensorsFile;
import dev.hyperbrush.checkpoint.Weights;
import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.RgbImage;
import dev.hyperbrush.graph.TinyVaeGraph;
import dev.hyperbrush.graph.VaeGraph;
import dev.hyperbrush.onnx.OnnxArray;
import dev.hyperbrush.onnx.OnnxSession;
import dev.hyperbrush.onnx.OnnxSettings;
import dev.hyperbrush.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The tiny decoder of TAESD on ONNX Runtime, for previews and drafts: far less work than the VAE,
 * and a little less detail. Owned by one thread.
 */
public final class TinyVae implements LatentDecoder {
  private static final String NAME = "taesd";

  /** Of the layers' width, at the full size, at once: a block's input, and two of its own. */
  private static final int LIVE_TENSORS = 4;

  private static final int TILE_LATENTS = 128;
  private static final int OVERLAP_LATENTS = 16;

  private final TinyVaeGraph.Decoder graph;
  private final OnnxSession session;
  private final OnnxSettings settings;
  private final VaePolicy policy;

  private TinyVae(
      TinyVaeGraph.Decoder graph, OnnxSession session, OnnxSettings settings, VaePolicy policy) {
    this.graph = graph;
    this.session = session;
    this.settings = settings;
    this.policy = policy;
  }

  /**
   * Loads a decoder; a {@link Refusal} names what does not fit.
   *
   * @param path a {@code .safetensors} file under diffusers' names or those of the original files,
   *     or a folder in diffusers layout
   */
  public static TinyVae load(Path path, OnnxSettings settings, VaePolicy policy) {
    OnnxSettings frugal = settings.withoutArena();
    TinyVaeGraph.Decoder graph = TinyVaeGraph.decoder(weights(path));
    return new TinyVae(graph, OnnxSession.open(graph.model(), frugal), frugal, policy);
  }

  static Weights weights(Path path) {
    return Files.isDirectory(path)
        ? Weights.open(NAME, path)
        : Weights.of(NAME, SafetensorsFile.open(path));
  }

  @Override
  public int factor() {
    return graph.factor();
  }

  /** Channels of the latents that it takes. */
  public int latentChannels() {
    return graph.latentChannels();
  }

  @Override
  public List<RgbImage> decode(Tensor latents, Cancellation cancellation) {
    long pixels = (long) latents.dim(2) * latents.dim(3) * factor() * factor();
    long bytes = pixels * graph.width() * LIVE_TENSORS * Float.BYTES;
    return policy.run(
        bytes,
        settings.provider(),
        () -> decodeEach(latents, one -> decodeFloat(one, cancellation)),
        () -> decodeTiled(latents, cancellation));
  }

  /** As {@link #decode}, in tiles in any case. */
  List<RgbImage> decodeTiled(Tensor latents, Cancellation cancellation) {
    TiledPass tiles = new TiledPass(TILE_LATENTS, OVERLAP_LATENTS, 1, factor(), 3);
    return decodeEach(latents, one -> tiles.run(one, part -> decodeFloat(part, cancellation)));
  }

  private static List<RgbImage> decodeEach(Tensor latents, UnaryOperator<Tensor> decode) {
    List<RgbImage> pictures = new ArrayList<>();
    for (int i = 0; i < latents.dim(0); i++) {
      pictures.add(Pixels.of(decode.apply(latents.slice(i, i + 1))));
    }
    return pictures;
  }

  /** {@code [batch, 3, height, width]}, about -1 to 1. */
  Tensor decodeFloat(Tensor latents, Cancellation cancellation) {
    return session
        .run(
            Map.of(VaeGraph.LATENTS, new OnnxArray.Floats(latents)),
            Set.of(VaeGraph.IMAGE),
            cancellation)
        .floats(VaeGraph.IMAGE);
  }

  @Override
  public void close() {
    session.close();
  }
}

package dev.hyperbrush.graph;

import dev.hyperbrush.checkpoint.WeightTensor;
import dev.hyperbrush.checkpoint.Weights;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.onnx.OnnxModel;
import dev.hyperbrush.tensor.Tensor;
import java.util.List;

/**
 * The tiny autoencoder of TAESD (github.com/madebyollin/taesd), diffusers' {@code AutoencoderTiny}:
 * plain convolutions that were trained to do what a large VAE does, in a fiftieth of the time and
 * with a little less detail. Its latents are scaled as the denoiser leaves them.
 *
 * <p>A file's keys say what it is made of, so that it needs no configuration. Decoders are known
 * under diffusers' names ({@code decoder.layers.0.weight}) and under those of the original files,
 * whose first layer, without weights, counts ({@code 1.weight}).
 *
 * <p>Owned by one thread, for one build.
 */
public final class TinyVaeGraph {
  private static final String DECODER = "decoder.layers.";
  private static final String ENCODER = "encoder.layers.";

  /** The published ones have 20. */
  private static final int MOST_LAYERS = 64;

  /** The published ones have 3; a latent then stands for 8 pixels along each side. */
  private static final int MOST_DOUBLINGS = 6;

  private static final float LATENT_RANGE = 3;
  private static final int PICTURE_CHANNELS = 3;

  private final Weights weights;
  private final GraphBuilder graph;
  private final Layers root;
  private final String prefix;

  private TinyVaeGraph(Weights weights, String prefix) {
    this.weights = weights;
    this.graph = new GraphBuilder(weights);
    this.root = new Layers(graph, "");
    this.prefix = prefix;
  }

  /**
   * What a decoder takes.
   *
   * @param model from {@code latents [batch, channels, height, width]} to the outputs of {@link
   *     VaeGraph#decoder}
   * @param factor pixels for each latent along each side
   * @param width channels of its layers
   */
  public record Decoder(OnnxModel model, int latentChannels, int factor, int width) {}

  /** The decoder; a {@link Refusal} says what the file lacks. */
  public static Decoder decoder(Weights weights) {
    boolean original = weights.find("1.weight").isPresent();
    return new TinyVaeGraph(weights, original ? "" : DECODER).decoder(original ? 1 : 0);
  }

  /**
   * The graph from {@code image [batch, 3, height, width]}, -1 to 1, to {@code latents [batch,
   * channels, height / 8, width / 8]}.
   */
  public static OnnxModel encoder(Weights weights) {
    boolean original = weights.find("0.weight").isPresent();
    return new TinyVaeGraph(weights, original ? "" : ENCODER).encoder();
  }

  private Decoder decoder(int first) {
    WeightTensor start = kernel(first);
    int latentChannels = inputs(start);
    int width = outputs(start);
    Value latents =
        graph.input(
            VaeGraph.LATENTS,
            ElementType.FLOAT,
            Dim.BATCH,
            Dim.of(latentChannels),
            Dim.HEIGHT,
            Dim.WIDTH);
    Feature x = convolution(first, new Feature(clamped(latents), latentChannels), 1);
    x = relu(x);
    int doublings = 0;
    // An activation came after the first; whichever other layer has no weights doubles the sides.
    for (int layer = first + 2; layer < first + MOST_LAYERS; layer++) {
      if (isBlock(layer)) {
        x = block(layer, x);
      } else if (isConvolution(layer)) {
        x = convolution(layer, x, 1);
      } else if (isConvolution(layer + 1) && doublings < MOST_DOUBLINGS) {
        x = x.with(root.in(prefix + layer).doubled(x.value()));
        doublings++;
      } else {
        break;
      }
    }
    requirePicture(x);
    Value image = root.add(root.multiply(x.value(), number(2)), number(-1));
    new PictureOutputs(graph, root).declare(x.with(image));
    return new Decoder(graph.build(), latentChannels, 1 << doublings, width);
  }

  private void requirePicture(Feature decoded) {
    if (decoded.channels() != PICTURE_CHANNELS) {
      throw new Refusal(
          ReasonCode.WEIGHT_SHAPE_WRONG,
          weights.component(),
          "the last of " + (prefix.isEmpty() ? "all" : prefix),
          decoded.channels(),
          PICTURE_CHANNELS);
    }
  }

  /** tanh(x / 3) * 3: what is far out comes nearer. */
  private Value clamped(Value latents) {
    Layers at = root.in("clamp");
    Value range = number(LATENT_RANGE);
    Value scaled = at.node("Tanh", List.of(at.node("Div", List.of(latents, range))));
    return at.multiply(scaled, range);
  }

  private OnnxModel encoder() {
    Value image =
        graph.input(
            VaeGraph.IMAGE,
            ElementType.FLOAT,
            Dim.BATCH,
            Dim.of(PICTURE_CHANNELS),
            Dim.any("image_height"),
            Dim.any("image_width"));
    Value half = number(0.5f);
    Value unit = root.add(root.multiply(image, half), half);
    Feature x = convolution(0, new Feature(unit, PICTURE_CHANNELS), 1);
    for (int layer = 1; layer < MOST_LAYERS; layer++) {
      if (isBlock(layer)) {
        x = block(layer, x);
      } else if (isConvolution(layer)) {
        // Those in between halve the sides; the last one only changes the channels.
        boolean last = !isBlock(layer + 1);
        x = convolution(layer, x, last ? 1 : 2);
      } else {
        break;
      }
    }
    graph.output(
        VaeGraph.LATENTS,
        x.value(),
        ElementType.FLOAT,
        Dim.BATCH,
        Dim.of(x.channels()),
        Dim.HEIGHT,
        Dim.WIDTH);
    return graph.build();
  }

  /** Three convolutions with a way around them. */
  private Feature block(int layer, Feature x) {
    Layers at = root.in(prefix + layer + ".conv");
    int channels = x.channels();
    Feature h = relu(at.conv("0", x, channels, 3));
    h = relu(at.conv("2", h, channels, 3));
    h = at.conv("4", h, channels, 3);
    return relu(x.with(at.add(h.value(), x.value())));
  }

  private Feature convolution(int layer, Feature x, int stride) {
    String name = prefix + layer;
    int out = outputs(kernel(layer));
    return weights.find(name + ".bias").isPresent()
        ? root.conv(name, x, out, 3, stride, 1, 1)
        : root.convWithoutBias(name, x, out, stride);
  }

  private Feature relu(Feature x) {
    return x.with(root.node("Relu", List.of(x.value())));
  }

  private boolean isBlock(int layer) {
    return weights.find(prefix + layer + ".conv.0.weight").isPresent();
  }

  private boolean isConvolution(int layer) {
    return weights.find(prefix + layer + ".weight").isPresent();
  }

  private WeightTensor kernel(int layer) {
    return weights.get(prefix + layer + ".weight");
  }

  private static int outputs(WeightTensor kernel) {
    return length(kernel, 0);
  }

  private static int inputs(WeightTensor kernel) {
    return length(kernel, 1);
  }

  private static int length(WeightTensor kernel, int axis) {
    return kernel.shape().size() == 4
        ? (int) Math.min(kernel.shape().get(axis), Supported.LARGEST)
        : 1;
  }

  private Value number(float value) {
    return graph.floats("tiny " + value, new Tensor(new int[0], new float[] {value}));
  }
}

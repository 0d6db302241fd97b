package dev.hyperbrush.graph;

import dev.hyperbrush.checkpoint.Component;
import dev.hyperbrush.onnx.OnnxModel;
import java.util.List;
import java.util.Optional;

/**
 * The autoencoder of latent diffusion (arXiv 2112.10752): pictures to a fraction of their width and
 * height, an eighth in SDXL, and back.
 *
 * <p>Owned by one thread, for one build.
 */
public final class VaeGraph {
  public static final String LATENTS = "latents";
  public static final String IMAGE = "image";
  public static final String PIXELS = "pixels";
  public static final String MEAN = "mean";
  public static final String LOG_VARIANCE = "log_variance";

  private static final float NORM_EPSILON = 1e-6f;
  private static final float MIN_LOG_VARIANCE = -30;
  private static final float MAX_LOG_VARIANCE = 20;

  private final VaeConfig config;
  private final GraphBuilder graph;
  private final Layers root;
  private final GroupNorm norm;
  private final Resnet resnet;

  private VaeGraph(Component vae) {
    config = VaeConfig.read(vae.config());
    graph = new GraphBuilder(vae.weights());
    root = new Layers(graph, "");
    norm = new GroupNorm(config.normGroups(), NORM_EPSILON);
    resnet = new Resnet(norm, Optional.empty());
  }

  /** Pixels per latent along each side. */
  public static int factor(Component vae) {
    return VaeConfig.read(vae.config()).factor();
  }

  /**
   * The graph from {@code latents [batch, channels, height, width]}, scaled as the denoiser leaves
   * them, to {@code image [batch, 3, factor * height, factor * width]}, about -1 to 1, and the same
   * as {@code pixels [batch, factor * height, factor * width, 3]}, bytes. Fetch one of the two.
   */
  public static OnnxModel decoder(Component vae) {
    return new VaeGraph(vae).decoder();
  }

  /**
   * The graph from {@code image [batch, 3, height, width]}, -1 to 1, to {@code mean} and {@code
   * log_variance [batch, channels, height / factor, width / factor]}, not scaled.
   */
  public static OnnxModel encoder(Component vae) {
    return new VaeGraph(vae).encoder();
  }

  private OnnxModel decoder() {
    Value latents = graph.input(LATENTS, ElementType.FLOAT, shape(config.latentChannels()));
    Value unscaled = root.node("Div", List.of(latents, graph.number(config.scalingFactor())));
    Feature x = new Feature(unscaled, config.latentChannels());
    if (config.postQuantConv()) {
      x = root.conv("post_quant_conv", x, config.latentChannels(), 1);
    }
    Layers decoder = root.in("decoder");
    List<Integer> channels = config.channels().reversed();
    x = decoder.conv("conv_in", x, channels.getFirst(), 3);
    x = middle(decoder.in("mid_block"), x);
    for (int i = 0; i < channels.size(); i++) {
      Layers block = decoder.in("up_blocks." + i);
      x = resnets(block, x, channels.get(i), config.layersPerBlock() + 1);
      if (i < channels.size() - 1) {
        Layers upsampler = block.in("upsamplers.0");
        x = upsampler.conv("conv", x.with(upsampler.doubled(x.value())), x.channels(), 3);
      }
    }
    Value image = end(decoder, x, config.outChannels()).value();
    graph.output(IMAGE, image, ElementType.FLOAT, shape("image", config.outChannels()));
    Dim[] pixels = shape("image", config.outChannels());
    graph.output(
        PIXELS, pixels(image), ElementType.UINT8, pixels[0], pixels[2], pixels[3], pixels[1]);
    return graph.build();
  }

  /** round(clamp(x / 2 + 0.5) * 255), the channels last, as diffusers does. */
  private Value pixels(Value image) {
    Layers at = root.in(PIXELS);
    Value zero = graph.number(0);
    Value half = graph.number(0.5f);
    Value one = graph.number(1);
    Value x = at.add(at.multiply(image, half), half);
    x = at.multiply(at.node("Clip", List.of(x, zero, one)), graph.number(255));
    x = graph.cast(PIXELS, at.node("Round", List.of(x)), ElementType.UINT8);
    return at.transpose(x, 0, 2, 3, 1);
  }

  private OnnxModel encoder() {
    Value image = graph.input(IMAGE, ElementType.FLOAT, shape("image", config.inChannels()));
    Layers encoder = root.in("encoder");
    List<Integer> channels = config.channels();
    Feature x = new Feature(image, config.inChannels());
    x = encoder.conv("conv_in", x, channels.getFirst(), 3);
    for (int i = 0; i < channels.size(); i++) {
      Layers block = encoder.in("down_blocks." + i);
      x = resnets(block, x, channels.get(i), config.layersPerBlock());
      if (i < channels.size() - 1) {
        // Padded at the right and bottom only.
        x = block.in("downsamplers.0").conv("conv", x, x.channels(), 3, 2, 0, 1);
      }
    }
    x = middle(encoder.in("mid_block"), x);
    x = end(encoder, x, 2 * config.latentChannels());
    if (config.quantConv()) {
      x = root.conv("quant_conv", x, x.channels(), 1);
    }
    List<Value> moments = graph.split("moments", x.value(), 1, 2);
    Value min = graph.number(MIN_LOG_VARIANCE);
    Value max = graph.number(MAX_LOG_VARIANCE);
    Value logVariance = root.node("Clip", List.of(moments.getLast(), min, max));
    Dim[] latents = shape(config.latentChannels());
    graph.output(MEAN, moments.getFirst(), ElementType.FLOAT, latents);
    graph.output(LOG_VARIANCE, logVariance, ElementType.FLOAT, latents);
    return graph.build();
  }

  private Feature resnets(Layers at, Feature input, int channels, int count) {
    Feature x = input;
    for (int i = 0; i < count; i++) {
      x = resnet.build(at.in("resnets." + i), x, channels);
    }
    return x;
  }

  private Feature middle(Layers at, Feature input) {
    Feature x = resnet.build(at.in("resnets.0"), input, input.channels());
    if (config.middleHasAttention()) {
      x = attention(at.in("attentions.0"), x);
    }
    return resnet.build(at.in("resnets.1"), x, x.channels());
  }

  /** One head over all positions. */
  private Feature attention(Layers at, Feature image) {
    int channels = image.channels();
    Feature x = at.toTokens(at.groupNorm("group_norm", image, norm));
    Feature query = at.linear("to_q", x, channels);
    Feature key = at.linear("to_k", x, channels);
    Feature value = at.linear("to_v", x, channels);
    x = at.linear("to_out.0", at.attention(query, key, value, 1, Value.NONE), channels);
    x = at.toImage(x, image);
    return x.with(at.add(x.value(), image.value()));
  }

  private Feature end(Layers at, Feature x, int channels) {
    return at.conv("conv_out", at.silu(at.groupNorm("conv_norm_out", x, norm)), channels, 3);
  }

  private static Dim[] shape(int channels) {
    return new Dim[] {Dim.BATCH, Dim.of(channels), Dim.HEIGHT, Dim.WIDTH};
  }

  private static Dim[] shape(String of, int channels) {
    return new Dim[] {Dim.BATCH, Dim.of(channels), Dim.any(of + "_height"), Dim.any(of + "_width")};
  }
}

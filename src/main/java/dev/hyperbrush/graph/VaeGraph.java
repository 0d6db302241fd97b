package dev.hyperbrush.graph;

import dev.hyperbrush.checkpoint.Component;
import dev.hyperbrush.onnx.OnnxModel;
import dev.hyperbrush.tensor.Tensor;
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
  public static final String LEVEL = "level";
  public static final String MEAN = "mean";
  public static final String LOG_VARIANCE = "log_variance";

  private static final float NORM_EPSILON = 1e-6f;
  private static final float MIN_LOG_VARIANCE = -30;
  private static final float MAX_LOG_VARIANCE = 20;
  private static final float FACTOR_BEFORE_SDXL = 0.18215f;
  private static final int LIVE_TENSORS = 5;

  private final VaeConfig config;
  private final GraphBuilder graph;
  private final Layers root;
  private final GroupNorm norm;
  private final Resnet resnet;

  private VaeGraph(Component vae, Dialect dialect) {
    config = VaeConfig.read(vae.config());
    graph = new GraphBuilder(vae.weights(), dialect);
    root = new Layers(graph, "");
    norm = new GroupNorm(config.normGroups(), NORM_EPSILON);
    resnet = new Resnet(norm, Optional.empty());
  }

  /** Pixels per latent along each side. */
  public static int factor(Component vae) {
    return VaeConfig.read(vae.config()).factor();
  }

  public static int latentChannels(Component vae) {
    return VaeConfig.read(vae.config()).latentChannels();
  }

  /**
   * What the decoder is expected to need while it runs, beside its weights: at the full size five
   * tensors of the second finest block's channels live at once, which is what was measured for
   * SDXL's (1.3 GB for 512x512 pixels).
   *
   * @param pixels of the picture
   */
  public static long decoderBytes(Component vae, long pixels, Precision precision) {
    return decoderBytes(VaeConfig.read(vae.config()).channels(), pixels, precision);
  }

  /**
   * As {@link #decoderBytes(Component, long, Precision)}.
   *
   * @param channels of the blocks, the finest first; at least one
   */
  public static long decoderBytes(List<Integer> channels, long pixels, Precision precision) {
    int widest = channels.get(Math.min(1, channels.size() - 1));
    return pixels * widest * LIVE_TENSORS * (precision == Precision.HALF ? 2 : 4);
  }

  /**
   * Whether the VAE's numbers stay below the largest of half precision: said by {@code
   * force_upcast: false}, as the repaired VAEs of SDXL do; where nothing is said, the VAE of the
   * models before SDXL, known by its scaling factor, is safe.
   */
  public static boolean isHalfSafe(Component vae) {
    boolean before = VaeConfig.read(vae.config()).scalingFactor() == FACTOR_BEFORE_SDXL;
    return !vae.config().flag("force_upcast", !before);
  }

  /**
   * The graph from {@code latents [batch, channels, height, width]}, scaled as the denoiser leaves
   * them, to {@code image [batch, 3, factor * height, factor * width]}, about -1 to 1, and the same
   * as {@code pixels [batch, factor * height, factor * width, 3]}, bytes. Fetch one of the two.
   * {@code level [batch]} is the mean of an image; it is no finite number when any pixel is none.
   * All inputs and outputs but the bytes are 32-bit floats.
   */
  public static OnnxModel decoder(Component vae, Precision precision) {
    return decoder(vae, Dialect.PORTABLE.in(precision));
  }

  /** As {@link #decoder(Component, Precision)}, written down for a certain provider. */
  public static OnnxModel decoder(Component vae, Dialect dialect) {
    return new VaeGraph(vae, dialect).decoder();
  }

  /**
   * The graph from {@code image [batch, 3, height, width]}, -1 to 1, to {@code mean} and {@code
   * log_variance [batch, channels, height / factor, width / factor]}, not scaled.
   */
  public static OnnxModel encoder(Component vae, Dialect dialect) {
    return new VaeGraph(vae, dialect).encoder();
  }

  private OnnxModel decoder() {
    Value latents = graph.input(LATENTS, ElementType.FLOAT, shape(config.latentChannels()));
    Value factor = graph.floats("scaling factor", number(config.scalingFactor()));
    Value unscaled = graph.computed(LATENTS, root.node("Div", List.of(latents, factor)));
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
    new PictureOutputs(graph, root).declare(end(decoder, x, config.outChannels()));
    return graph.build();
  }

  private OnnxModel encoder() {
    Value image = graph.input(IMAGE, ElementType.FLOAT, pictures(config.inChannels()));
    Layers encoder = root.in("encoder");
    List<Integer> channels = config.channels();
    Feature x = new Feature(graph.computed(IMAGE, image), config.inChannels());
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
    List<Value> moments = graph.split("moments", graph.inFloats("moments", x.value()), 1, 2);
    Value min = graph.floats("least log variance", number(MIN_LOG_VARIANCE));
    Value max = graph.floats("largest log variance", number(MAX_LOG_VARIANCE));
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
    return at.conv("conv_out", at.groupNormSilu("conv_norm_out", x, norm), channels, 3);
  }

  private static Tensor number(float value) {
    return new Tensor(new int[0], new float[] {value});
  }

  private static Dim[] shape(int channels) {
    return new Dim[] {Dim.BATCH, Dim.of(channels), Dim.HEIGHT, Dim.WIDTH};
  }

  private static Dim[] pictures(int channels) {
    return new Dim[] {Dim.BATCH, Dim.of(channels), Dim.any("image_height"), Dim.any("image_width")};
  }
}

package dev.hyperbrush.graph;

import dev.hyperbrush.checkpoint.Component;
import dev.hyperbrush.checkpoint.Weights;
import dev.hyperbrush.graph.UnetConfig.Block;
import dev.hyperbrush.onnx.OnnxModel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The UNet of SDXL (arXiv 2307.01952) and SD 1.5 (2112.10752; U-Net: 1505.04597): down through
 * blocks of ever lower resolution, and up again with what the way down saw at each resolution.
 *
 * <p>Owned by one thread, for one build.
 */
public final class UnetGraph {
  public static final String SAMPLE = "sample";
  public static final String TIMESTEP = "timestep";
  public static final String PROMPT_EMBEDS = "prompt_embeds";
  public static final String POOLED_PROMPT_EMBEDS = "pooled_prompt_embeds";
  public static final String TIME_IDS = "time_ids";
  public static final String PREDICTION = "prediction";

  private final UnetConfig config;
  private final GraphBuilder graph;
  private final Layers root;
  private final GroupNorm norm;
  private final Resnet resnet;
  private final Feature promptEmbeds;
  private final Deque<Feature> skips = new ArrayDeque<>();

  private UnetGraph(UnetConfig config, Weights weights, Dialect dialect) {
    this.config = config;
    graph = new GraphBuilder(weights, dialect);
    root = new Layers(graph, "");
    norm = new GroupNorm(config.normGroups(), config.normEpsilon());
    resnet = new Resnet(norm, Optional.of(new TimeEmbedding(config, graph).build()));
    Value prompt =
        graph.input(
            PROMPT_EMBEDS,
            ElementType.FLOAT,
            Dim.BATCH,
            Dim.any("tokens"),
            Dim.of(config.crossAttentionDim()));
    promptEmbeds = new Feature(graph.computed(PROMPT_EMBEDS, prompt), config.crossAttentionDim());
  }

  /**
   * The graph from {@code sample [batch, channels, height, width]}, {@code timestep [1]}, {@code
   * prompt_embeds [batch, tokens, size]} and, in SDXL, {@code pooled_prompt_embeds [batch, size]}
   * and {@code time_ids [batch, 6]} to {@code prediction}, which is shaped like the sample. All are
   * 32-bit floats, whatever the dialect computes in.
   */
  public static OnnxModel build(Component unet) {
    return build(unet, Dialect.PORTABLE);
  }

  /** As {@link #build(Component)}, written down for a certain provider. */
  public static OnnxModel build(Component unet, Dialect dialect) {
    UnetConfig config = UnetConfig.read(unet.config());
    return new UnetGraph(config, unet.weights(), dialect).build();
  }

  private OnnxModel build() {
    Value sample = graph.input(SAMPLE, ElementType.FLOAT, shape(config.inChannels()));
    List<Block> blocks = config.blocks();
    Feature x =
        root.conv(
            "conv_in",
            new Feature(graph.computed(SAMPLE, sample), config.inChannels()),
            blocks.getFirst().channels(),
            3);
    skips.push(x);
    for (int i = 0; i < blocks.size(); i++) {
      x = down(root.in("down_blocks." + i), x, blocks.get(i), i == blocks.size() - 1);
    }
    x = middle(root.in("mid_block"), x, blocks.getLast());
    for (int i = 0; i < blocks.size(); i++) {
      Block mirrored = blocks.get(blocks.size() - 1 - i);
      x = up(root.in("up_blocks." + i), x, mirrored, i == blocks.size() - 1);
    }
    x = root.groupNormSilu("conv_norm_out", x, norm);
    x = root.conv("conv_out", x, config.outChannels(), 3);
    Value prediction = graph.inFloats(PREDICTION, x.value());
    graph.output(PREDICTION, prediction, ElementType.FLOAT, shape(config.outChannels()));
    return graph.build();
  }

  private static Dim[] shape(int channels) {
    return new Dim[] {Dim.BATCH, Dim.of(channels), Dim.HEIGHT, Dim.WIDTH};
  }

  private Feature down(Layers at, Feature input, Block block, boolean last) {
    Feature x = input;
    for (int i = 0; i < block.layers(); i++) {
      x = resnet.build(at.in("resnets." + i), x, block.channels());
      if (block.attentionDown()) {
        x = transformer(block).build(at.in("attentions." + i), x, promptEmbeds);
      }
      skips.push(x);
    }
    if (!last) {
      x = at.in("downsamplers.0").conv("conv", x, block.channels(), 3, 2, 1, 1);
      skips.push(x);
    }
    return x;
  }

  private Feature middle(Layers at, Feature input, Block block) {
    Feature x = resnet.build(at.in("resnets.0"), input, block.channels());
    if (!config.middleHasAttention()) {
      return x;
    }
    x = transformer(block).build(at.in("attentions.0"), x, promptEmbeds);
    return resnet.build(at.in("resnets.1"), x, block.channels());
  }

  private Feature up(Layers at, Feature input, Block block, boolean last) {
    Feature x = input;
    for (int i = 0; i <= block.layers(); i++) {
      Feature skip = skips.pop();
      Value joined = at.concat(1, x.value(), skip.value());
      x = new Feature(joined, x.channels() + skip.channels());
      x = resnet.build(at.in("resnets." + i), x, block.channels());
      if (block.attentionUp()) {
        x = transformer(block).build(at.in("attentions." + i), x, promptEmbeds);
      }
    }
    return last ? x : upsample(at.in("upsamplers.0"), x, skips.getFirst());
  }

  /**
   * To the height and width of the next skip: twice as many, or one less where halving rounded up.
   */
  private Feature upsample(Layers at, Feature x, Feature skip) {
    Value kept = at.lengths(x.value(), 0, 2);
    Value resized = at.lengths(skip.value(), 2, 4);
    Value y = at.resize(x.value(), at.concat(0, kept, resized));
    return at.conv("conv", x.with(y), x.channels(), 3);
  }

  private Transformer2d transformer(Block block) {
    return new Transformer2d(block.heads(), block.depth(), config.normGroups());
  }
}

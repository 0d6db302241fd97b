package dev.hyperbrush.graph;

import dev.hyperbrush.checkpoint.ModelConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The {@code config.json} of the UNet of SDXL or SD 1.5 (diffusers' {@code UNet2DConditionModel}).
 *
 * <p>Immutable.
 *
 * @param inChannels of the latents
 * @param outChannels of the prediction
 * @param blocks of the way down, the finest resolution first; the way up mirrors them
 * @param middleHasAttention whether the middle block has transformers, like the last block
 * @param normGroups of all group normalizations
 * @param normEpsilon of those outside transformers
 * @param timeEmbedding size of the embedded timestep
 * @param crossAttentionDim size of a prompt embedding
 * @param added what tells SDXL more than the prompt; models before it have nothing of the kind
 * @param timestep how timesteps become waves
 */
record UnetConfig(
    int inChannels,
    int outChannels,
    List<Block> blocks,
    boolean middleHasAttention,
    int normGroups,
    float normEpsilon,
    int timeEmbedding,
    int crossAttentionDim,
    Optional<Added> added,
    SinusoidConfig timestep) {
  /** Original size, crop and target size, two numbers each (arXiv 2307.01952, section 2.2). */
  static final int TIME_IDS = 6;

  private static final String WITH_ATTENTION = "CrossAttnDownBlock2D";

  /**
   * One resolution on the way down and its mirror on the way up.
   *
   * @param layers on the way down; one more on the way up
   * @param depth of the transformer in each layer
   * @param heads of each attention
   */
  record Block(
      int channels, int layers, int depth, int heads, boolean attentionDown, boolean attentionUp) {}

  /**
   * Embeddings of the pooled prompt and of the time ids ("text_time").
   *
   * @param timeId size of each embedded time id
   * @param size of pooled prompt and embedded time ids together
   */
  record Added(int timeId, int size) {
    private static Added read(ModelConfig config) {
      Added added =
          new Added(
              UnetConfig.size(config, "addition_time_embed_dim"),
              UnetConfig.size(config, "projection_class_embeddings_input_dim"));
      if (added.pooledSize() < 1) {
        throw config.refusal(
            "projection_class_embeddings_input_dim", "more than 6 times addition_time_embed_dim");
      }
      if (added.timeId % 2 != 0) {
        throw config.refusal("addition_time_embed_dim", "an even number");
      }
      return added;
    }

    /** Size of a pooled prompt embedding. */
    int pooledSize() {
      return size - TIME_IDS * timeId;
    }
  }

  static UnetConfig read(ModelConfig config) {
    requireWhatTheGraphHas(config);
    List<Block> blocks = blocks(config);
    UnetConfig unet =
        new UnetConfig(
            size(config, "in_channels"),
            size(config, "out_channels"),
            blocks,
            Supported.oneOf(config, "mid_block_type", "UNetMidBlock2DCrossAttn", "UNetMidBlock2D")
                .equals("UNetMidBlock2DCrossAttn"),
            config.integer("norm_num_groups", 32, 1, Supported.LARGEST),
            (float) config.number("norm_eps", 1e-5, 0, 1),
            config.integer(
                "time_embedding_dim", 4 * blocks.getFirst().channels(), 1, Supported.LARGEST),
            size(config, "cross_attention_dim"),
            config.has("addition_embed_type") ? Optional.of(Added.read(config)) : Optional.empty(),
            new SinusoidConfig(
                config.flag("flip_sin_to_cos", true),
                (float) config.number("freq_shift", 0, 0, 1)));
    unet.requireDivisible(config);
    return unet;
  }

  private static List<Block> blocks(ModelConfig config) {
    List<Integer> channels = config.integers("block_out_channels", 1, Supported.LARGEST);
    int count = channels.size();
    List<String> down =
        Supported.blocks(config, "down_block_types", count, "DownBlock2D", WITH_ATTENTION);
    List<String> up =
        Supported.blocks(config, "up_block_types", count, "UpBlock2D", "CrossAttnUpBlock2D");
    List<Integer> layers = perBlock(config, "layers_per_block", count, 2);
    List<Integer> depth = perBlock(config, "transformer_layers_per_block", count, 1);
    // Despite its name: diffusers took it for the number of heads from the first, and kept that.
    List<Integer> heads = perBlock(config, "attention_head_dim", count, 8);
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      blocks.add(
          new Block(
              channels.get(i),
              layers.get(i),
              depth.get(i),
              heads.get(i),
              down.get(i).equals(WITH_ATTENTION),
              up.get(count - 1 - i).equals("CrossAttnUpBlock2D")));
    }
    return List.copyOf(blocks);
  }

  private static int size(ModelConfig config, String key) {
    return config.integer(key, 1, Supported.LARGEST);
  }

  private static List<Integer> perBlock(ModelConfig config, String key, int count, int absent) {
    return config.integers(key, count, absent, 1, Supported.LARGEST);
  }

  private void requireDivisible(ModelConfig config) {
    for (Block block : blocks) {
      if (block.channels() % normGroups != 0) {
        throw config.refusal("norm_num_groups", "a divisor of all block_out_channels");
      }
      boolean attends =
          block.attentionDown() || block.attentionUp() || block.equals(blocks.getLast());
      if (attends && block.channels() % block.heads() != 0) {
        throw config.refusal("attention_head_dim", "a divisor of each of block_out_channels");
      }
    }
    if (blocks.getFirst().channels() % 2 != 0) {
      throw config.refusal("block_out_channels", "even numbers");
    }
  }

  /** Options of diffusers that these models do not use; absent means the value that is fine. */
  private static void requireWhatTheGraphHas(ModelConfig config) {
    Supported.only(config, "addition_embed_type", "text_time");
    Supported.only(config, "act_fn", "silu", "swish");
    Supported.only(config, "attention_type", "default");
    Supported.only(config, "center_input_sample", "false");
    Supported.only(config, "class_embed_type");
    Supported.only(config, "class_embeddings_concat", "false");
    Supported.only(config, "conv_in_kernel", "3");
    Supported.only(config, "conv_out_kernel", "3");
    Supported.only(config, "cross_attention_norm");
    Supported.only(config, "downsample_padding", "1");
    Supported.only(config, "dual_cross_attention", "false");
    Supported.only(config, "encoder_hid_dim");
    Supported.only(config, "encoder_hid_dim_type");
    Supported.only(config, "mid_block_only_cross_attention", "false");
    Supported.only(config, "mid_block_scale_factor", "1", "1.0");
    Supported.only(config, "num_attention_heads");
    Supported.only(config, "num_class_embeds");
    Supported.only(config, "only_cross_attention", "false");
    Supported.only(config, "resnet_out_scale_factor", "1", "1.0");
    Supported.only(config, "resnet_skip_time_act", "false");
    Supported.only(config, "resnet_time_scale_shift", "default");
    Supported.only(config, "reverse_transformer_layers_per_block");
    Supported.only(config, "time_cond_proj_dim");
    Supported.only(config, "time_embedding_act_fn");
    Supported.only(config, "time_embedding_type", "positional");
    Supported.only(config, "timestep_post_act");
  }
}

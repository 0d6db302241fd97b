package dev.hyperbrush.graph;

import dev.hyperbrush.checkpoint.ModelConfig;
import java.util.List;

/**
 * The {@code config.json} of an autoencoder (diffusers' {@code AutoencoderKL}).
 *
 * <p>Immutable.
 *
 * @param inChannels of a picture that is encoded
 * @param outChannels of a decoded picture
 * @param latentChannels of a latent
 * @param channels of the blocks, the finest resolution first
 * @param layersPerBlock in the encoder; the decoder has one more
 * @param normGroups of all group normalizations
 * @param scalingFactor what the pipeline multiplies latents by, so that their deviation is about 1
 * @param quantConv whether the encoder ends in a convolution of size 1
 * @param postQuantConv whether the decoder begins with one
 * @param middleHasAttention whether the positions attend to each other at the lowest resolution
 */
record VaeConfig(
    int inChannels,
    int outChannels,
    int latentChannels,
    List<Integer> channels,
    int layersPerBlock,
    int normGroups,
    float scalingFactor,
    boolean quantConv,
    boolean postQuantConv,
    boolean middleHasAttention) {

  /** SDXL has 4; with 8 a latent stands for 128 pixels along each side. */
  private static final int MAX_BLOCKS = 8;

  static VaeConfig read(ModelConfig config) {
    List<Integer> channels = config.integers("block_out_channels", 1, Supported.LARGEST);
    if (channels.size() > MAX_BLOCKS) {
      throw config.refusal("block_out_channels", "a list of at most " + MAX_BLOCKS + " sizes");
    }
    requireWhatTheGraphHas(config, channels.size());
    VaeConfig vae =
        new VaeConfig(
            config.integer("in_channels", 3, 1, Supported.LARGEST),
            config.integer("out_channels", 3, 1, Supported.LARGEST),
            config.integer("latent_channels", 1, Supported.LARGEST),
            channels,
            config.integer("layers_per_block", 1, 1, Supported.LARGEST),
            config.integer("norm_num_groups", 32, 1, Supported.LARGEST),
            (float) config.number("scaling_factor", 0.18215, 1e-6, 1e6),
            config.flag("use_quant_conv", true),
            config.flag("use_post_quant_conv", true),
            config.flag("mid_block_add_attention", true));
    if (channels.stream().anyMatch(channel -> channel % vae.normGroups != 0)) {
      throw config.refusal("norm_num_groups", "a divisor of all block_out_channels");
    }
    return vae;
  }

  /** Pixels per latent along each side: each block but the last halves the sides. */
  int factor() {
    return 1 << (channels.size() - 1);
  }

  /** Options of diffusers that SDXL models do not use; absent means the value that is fine. */
  private static void requireWhatTheGraphHas(ModelConfig config, int blocks) {
    Supported.blocks(config, "down_block_types", blocks, "DownEncoderBlock2D");
    Supported.blocks(config, "up_block_types", blocks, "UpDecoderBlock2D");
    Supported.only(config, "act_fn", "silu", "swish");
    Supported.only(config, "latents_mean");
    Supported.only(config, "latents_std");
    Supported.only(config, "shift_factor");
  }
}

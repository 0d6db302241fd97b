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

  /** Each block but the last halves the sides: a latent is 8 pixels wide and high. */
  private static final int BLOCKS = 4;

  static VaeConfig read(ModelConfig config) {
    List<Integer> channels = config.integers("block_out_channels", 1, Supported.LARGEST);
    if (channels.size() != BLOCKS) {
      throw config.refusal("block_out_channels", "a list of " + BLOCKS + " sizes, as in SDXL");
    }
    requireWhatTheGraphHas(config);
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

  /** Options of diffusers that SDXL models do not use; absent means the value that is fine. */
  private static void requireWhatTheGraphHas(ModelConfig config) {
    Supported.blocks(config, "down_block_types", BLOCKS, "DownEncoderBlock2D");
    Supported.blocks(config, "up_block_types", BLOCKS, "UpDecoderBlock2D");
    Supported.only(config, "act_fn", "silu", "swish");
    Supported.only(config, "latents_mean");
    Supported.only(config, "latents_std");
    Supported.only(config, "shift_factor");
  }
}

package dev.hyperbrush.checkpoint;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;

/** Reads the configuration of an autoencoder from the names and shapes of its tensors. */
final class VaeShape {
  /**
   * The configuration as diffusers would write it.
   *
   * @param family the scaling of latents is as in its published model
   * @param file that the weights are of, for messages
   * @param weights under the names of diffusers
   */
  static ModelConfig config(ModelFamily family, Path file, Weights weights) {
    ShapeOf shape = new ShapeOf(weights);
    ObjectNode config = PublishedConfig.of(family, "vae");
    ArrayNode channels = config.putArray("block_out_channels");
    ArrayNode down = config.putArray("down_block_types");
    ArrayNode up = config.putArray("up_block_types");
    for (int i = shape.count("decoder.up_blocks") - 1; i >= 0; i--) {
      channels.add(shape.size("decoder.up_blocks." + i + ".resnets.0.conv2.weight", 0));
      down.add("DownEncoderBlock2D");
      up.add("UpDecoderBlock2D");
    }
    config.put("latent_channels", shape.size("decoder.conv_in.weight", 1));
    config.put("out_channels", shape.size("decoder.conv_out.weight", 0));
    config.put("layers_per_block", shape.count("decoder.up_blocks.0.resnets") - 1);
    config.put("use_quant_conv", shape.has("quant_conv"));
    config.put("use_post_quant_conv", shape.has("post_quant_conv"));
    config.put("mid_block_add_attention", shape.has("decoder.mid_block.attentions.0"));
    return new ModelConfig(file, config);
  }

  private VaeShape() {}
}

package dev.hyperbrush.synthetic;

import dev.hyperbrush.checkpoint.ModelConfig;
import java.util.List;

/**
 * The tensors of an autoencoder by its {@code config.json}. Owned by one thread, for one listing.
 */
final class VaeTensors {
  private static final int LARGEST = 1 << 16;

  private final List<Integer> channels;
  private final int layers;
  private final TensorSheet sheet = new TensorSheet();
  private final Place root = new Place("", "first_stage_model");

  private VaeTensors(ModelConfig config) {
    channels = config.integers("block_out_channels", 1, LARGEST);
    layers = config.integer("layers_per_block", 1, LARGEST);
  }

  static TensorSheet of(ModelConfig config) {
    int latent = config.integer("latent_channels", 1, LARGEST);
    VaeTensors tensors = new VaeTensors(config);
    tensors.encoder(config.integer("in_channels", 1, LARGEST), 2 * latent);
    tensors.decoder(latent, config.integer("out_channels", 1, LARGEST));
    tensors.sheet.conv(tensors.root.in("quant_conv"), 2 * latent, 2 * latent, 1);
    tensors.sheet.conv(tensors.root.in("post_quant_conv"), latent, latent, 1);
    return tensors.sheet;
  }

  private void encoder(int pictureChannels, int out) {
    Place at = root.in("encoder");
    int in = channels.getFirst();
    sheet.conv(at.in("conv_in"), pictureChannels, in, 3);
    for (int i = 0; i < channels.size(); i++) {
      Place block = at.in("down_blocks." + i, "down." + i);
      resnets(block, in, channels.get(i), layers);
      in = channels.get(i);
      if (i < channels.size() - 1) {
        sheet.conv(block.in("downsamplers.0.conv", "downsample.conv"), in, in, 3);
      }
    }
    middle(at);
    sheet.norm(at.in("conv_norm_out", "norm_out"), in);
    sheet.conv(at.in("conv_out"), in, out, 3);
  }

  private void decoder(int latent, int pictureChannels) {
    Place at = root.in("decoder");
    int in = channels.getLast();
    sheet.conv(at.in("conv_in"), latent, in, 3);
    middle(at);
    for (int i = 0; i < channels.size(); i++) {
      int mirrored = channels.size() - 1 - i;
      Place block = at.in("up_blocks." + i, "up." + mirrored);
      resnets(block, in, channels.get(mirrored), layers + 1);
      in = channels.get(mirrored);
      if (mirrored > 0) {
        sheet.conv(block.in("upsamplers.0.conv", "upsample.conv"), in, in, 3);
      }
    }
    sheet.norm(at.in("conv_norm_out", "norm_out"), in);
    sheet.conv(at.in("conv_out"), in, pictureChannels, 3);
  }

  private void middle(Place parent) {
    Place at = parent.in("mid_block", "mid");
    int size = channels.getLast();
    resnet(at.in("resnets.0", "block_1"), size, size);
    Place attention = at.in("attentions.0", "attn_1");
    sheet.norm(attention.in("group_norm", "norm"), size);
    sheet.linearOrConv(attention.in("to_q", "q"), size);
    sheet.linearOrConv(attention.in("to_k", "k"), size);
    sheet.linearOrConv(attention.in("to_v", "v"), size);
    sheet.linearOrConv(attention.in("to_out.0", "proj_out"), size);
    resnet(at.in("resnets.1", "block_2"), size, size);
  }

  private void resnets(Place at, int in, int out, int count) {
    for (int i = 0; i < count; i++) {
      resnet(at.in("resnets." + i, "block." + i), i == 0 ? in : out, out);
    }
  }

  private void resnet(Place at, int in, int out) {
    sheet.norm(at.in("norm1"), in);
    sheet.conv(at.in("conv1"), in, out, 3);
    sheet.norm(at.in("norm2"), out);
    sheet.conv(at.in("conv2"), out, out, 3);
    if (in != out) {
      sheet.conv(at.in("conv_shortcut", "nin_shortcut"), in, out, 1);
    }
  }
}

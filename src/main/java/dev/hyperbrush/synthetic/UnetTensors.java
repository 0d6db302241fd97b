package dev.hyperbrush.synthetic;

import dev.hyperbrush.checkpoint.ModelConfig;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The tensors of an SDXL UNet by its {@code config.json}. Owned by one thread, for one listing.
 *
 * <p>Written from the names in published files, apart from the code that reads such files, so that
 * the two hold each other to account.
 */
final class UnetTensors {
  private static final int LARGEST = 1 << 16;
  private static final int FEED_FORWARD_FACTOR = 4;

  private final ModelConfig config;
  private final List<Integer> channels;
  private final List<Integer> depth;
  private final List<String> downTypes;
  private final List<String> upTypes;
  private final int layers;
  private final int timeSize;
  private final TensorSheet sheet = new TensorSheet();
  private final Place root = new Place("", "model.diffusion_model");
  private final Deque<Integer> skips = new ArrayDeque<>();

  private UnetTensors(ModelConfig config) {
    this.config = config;
    channels = config.integers("block_out_channels", 1, LARGEST);
    depth = config.integers("transformer_layers_per_block", channels.size(), 1, 1, LARGEST);
    downTypes = config.texts("down_block_types");
    upTypes = config.texts("up_block_types");
    layers = config.integer("layers_per_block", 1, LARGEST);
    timeSize = FEED_FORWARD_FACTOR * channels.getFirst();
  }

  static TensorSheet of(ModelConfig config) {
    return new UnetTensors(config).list();
  }

  private TensorSheet list() {
    int first = channels.getFirst();
    int latent = config.integer("in_channels", 1, LARGEST);
    int added = config.integer("projection_class_embeddings_input_dim", 1, LARGEST);
    sheet.linear(root.in("time_embedding.linear_1", "time_embed.0"), first, timeSize);
    sheet.linear(root.in("time_embedding.linear_2", "time_embed.2"), timeSize, timeSize);
    sheet.linear(root.in("add_embedding.linear_1", "label_emb.0.0"), added, timeSize);
    sheet.linear(root.in("add_embedding.linear_2", "label_emb.0.2"), timeSize, timeSize);
    sheet.conv(root.in("conv_in", "input_blocks.0.0"), latent, first, 3);
    down();
    middle();
    up();
    sheet.norm(root.in("conv_norm_out", "out.0"), first);
    sheet.conv(root.in("conv_out", "out.2"), first, config.integer("out_channels", 1, LARGEST), 3);
    return sheet;
  }

  private void down() {
    skips.push(channels.getFirst());
    int in = channels.getFirst();
    int number = 1;
    for (int i = 0; i < channels.size(); i++) {
      int out = channels.get(i);
      for (int layer = 0; layer < layers; layer++) {
        String original = "input_blocks." + number++;
        resnet(block("down_blocks." + i + ".resnets." + layer, original + ".0"), in, out);
        if (downTypes.get(i).startsWith("CrossAttn")) {
          transformer(
              block("down_blocks." + i + ".attentions." + layer, original + ".1"),
              out,
              depth.get(i));
        }
        skips.push(out);
        in = out;
      }
      if (i < channels.size() - 1) {
        String original = "input_blocks." + number++ + ".0.op";
        sheet.conv(block("down_blocks." + i + ".downsamplers.0.conv", original), out, out, 3);
        skips.push(out);
      }
    }
  }

  private void middle() {
    int size = channels.getLast();
    resnet(block("mid_block.resnets.0", "middle_block.0"), size, size);
    transformer(block("mid_block.attentions.0", "middle_block.1"), size, depth.getLast());
    resnet(block("mid_block.resnets.1", "middle_block.2"), size, size);
  }

  private void up() {
    int in = channels.getLast();
    int number = 0;
    for (int i = 0; i < channels.size(); i++) {
      int mirrored = channels.size() - 1 - i;
      int out = channels.get(mirrored);
      boolean attends = upTypes.get(i).startsWith("CrossAttn");
      for (int layer = 0; layer <= layers; layer++) {
        String original = "output_blocks." + number;
        resnet(
            block("up_blocks." + i + ".resnets." + layer, original + ".0"), in + skips.pop(), out);
        if (attends) {
          transformer(
              block("up_blocks." + i + ".attentions." + layer, original + ".1"),
              out,
              depth.get(mirrored));
        }
        in = out;
        number++;
      }
      if (mirrored > 0) {
        String original = "output_blocks." + (number - 1) + (attends ? ".2.conv" : ".1.conv");
        sheet.conv(block("up_blocks." + i + ".upsamplers.0.conv", original), out, out, 3);
      }
    }
  }

  private Place block(String folder, String single) {
    return root.in(folder, single);
  }

  private void resnet(Place at, int in, int out) {
    sheet.norm(at.in("norm1", "in_layers.0"), in);
    sheet.conv(at.in("conv1", "in_layers.2"), in, out, 3);
    sheet.linear(at.in("time_emb_proj", "emb_layers.1"), timeSize, out);
    sheet.norm(at.in("norm2", "out_layers.0"), out);
    sheet.conv(at.in("conv2", "out_layers.3"), out, out, 3);
    if (in != out) {
      sheet.conv(at.in("conv_shortcut", "skip_connection"), in, out, 1);
    }
  }

  private void transformer(Place at, int size, int blocks) {
    sheet.norm(at.in("norm"), size);
    sheet.linear(at.in("proj_in"), size, size);
    for (int i = 0; i < blocks; i++) {
      Place block = at.in("transformer_blocks." + i);
      attention(block.in("attn1"), size, size);
      sheet.linear(block.in("ff.net.0.proj"), size, 2 * FEED_FORWARD_FACTOR * size);
      sheet.linear(block.in("ff.net.2"), FEED_FORWARD_FACTOR * size, size);
      attention(block.in("attn2"), size, config.integer("cross_attention_dim", 1, LARGEST));
      sheet.norm(block.in("norm1"), size);
      sheet.norm(block.in("norm2"), size);
      sheet.norm(block.in("norm3"), size);
    }
    sheet.linear(at.in("proj_out"), size, size);
  }

  private void attention(Place at, int size, int contextSize) {
    sheet.linearWithoutBias(at.in("to_q"), size, size);
    sheet.linearWithoutBias(at.in("to_k"), contextSize, size);
    sheet.linearWithoutBias(at.in("to_v"), contextSize, size);
    sheet.linear(at.in("to_out.0"), size, size);
  }
}

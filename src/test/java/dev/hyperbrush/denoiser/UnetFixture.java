package dev.hyperbrush.denoiser;

import dev.hyperbrush.checkpoint.Component;
import dev.hyperbrush.checkpoint.Components;
import dev.hyperbrush.checkpoint.DType;
import dev.hyperbrush.checkpoint.ModelConfig;
import dev.hyperbrush.checkpoint.SafetensorsFile;
import dev.hyperbrush.checkpoint.SafetensorsWriter;
import dev.hyperbrush.checkpoint.Weights;
import dev.hyperbrush.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A UNet of any shape with random weights, named and sized as diffusers does. */
final class UnetFixture {
  private static final int PROMPT = 12;
  private static final int POOLED = 6;
  private static final int TIME_ID = 4;

  /** One resolution; depth 0 for none. */
  record Block(int channels, int layers, int depthDown, int depthUp, int heads) {}

  private final List<Block> blocks;
  private final int time;
  private final Random random = new Random(2);
  private final Map<String, Tensor> weights = new LinkedHashMap<>();

  private UnetFixture(List<Block> blocks) {
    this.blocks = blocks;
    this.time = 4 * blocks.getFirst().channels();
  }

  static Component write(Path folder, Block... blocks) throws IOException {
    UnetFixture fixture = new UnetFixture(List.of(blocks));
    fixture.addWeights();
    Path file =
        SafetensorsWriter.write(folder.resolve("unet.safetensors"), DType.F16, fixture.weights);
    return new Component(
        new ModelConfig(folder.resolve("config.json"), Components.json(fixture.config())),
        Weights.of("unet", SafetensorsFile.open(file)));
  }

  private String config() {
    return """
    {'in_channels': 4, 'out_channels': 4, 'norm_num_groups': 4, 'cross_attention_dim': %d,
     'addition_embed_type': 'text_time', 'addition_time_embed_dim': %d,
     'projection_class_embeddings_input_dim': %d,
     'block_out_channels': %s, 'layers_per_block': %s, 'attention_head_dim': %s,
     'transformer_layers_per_block': %s, 'down_block_types': %s, 'up_block_types': %s}
    """
        .formatted(
            PROMPT,
            TIME_ID,
            POOLED + 6 * TIME_ID,
            blocks.stream().map(Block::channels).toList(),
            blocks.stream().map(Block::layers).toList(),
            blocks.stream().map(Block::heads).toList(),
            blocks.stream().map(b -> Math.max(1, Math.max(b.depthDown(), b.depthUp()))).toList(),
            blocks.stream()
                .map(b -> b.depthDown() > 0 ? "'CrossAttnDownBlock2D'" : "'DownBlock2D'")
                .toList(),
            blocks.reversed().stream()
                .map(b -> b.depthUp() > 0 ? "'CrossAttnUpBlock2D'" : "'UpBlock2D'")
                .toList());
  }

  private void addWeights() {
    int first = blocks.getFirst().channels();
    linear("time_embedding.linear_1", first, time);
    linear("time_embedding.linear_2", time, time);
    linear("add_embedding.linear_1", POOLED + 6 * TIME_ID, time);
    linear("add_embedding.linear_2", time, time);
    conv("conv_in", 4, first, 3);
    int in = first;
    for (int i = 0; i < blocks.size(); i++) {
      in = down("down_blocks." + i + ".", blocks.get(i), in, i == blocks.size() - 1);
    }
    Block last = blocks.getLast();
    resnet("mid_block.resnets.0", in, in);
    transformer("mid_block.attentions.0", in, Math.max(1, last.depthDown()));
    resnet("mid_block.resnets.1", in, in);
    List<Block> up = blocks.reversed();
    for (int i = 0; i < up.size(); i++) {
      int skipOfLast = up.get(Math.min(i + 1, up.size() - 1)).channels();
      in = up("up_blocks." + i + ".", up.get(i), in, skipOfLast, i == up.size() - 1);
    }
    norm("conv_norm_out", first);
    conv("conv_out", first, 4, 3);
  }

  private int down(String path, Block block, int in, boolean last) {
    int channels = block.channels();
    for (int j = 0; j < block.layers(); j++) {
      resnet(path + "resnets." + j, j == 0 ? in : channels, channels);
      transformer(path + "attentions." + j, channels, block.depthDown());
    }
    if (!last) {
      conv(path + "downsamplers.0.conv", channels, channels, 3);
    }
    return channels;
  }

  private int up(String path, Block block, int in, int skipOfLast, boolean last) {
    int channels = block.channels();
    for (int j = 0; j <= block.layers(); j++) {
      int skip = j == block.layers() ? skipOfLast : channels;
      resnet(path + "resnets." + j, (j == 0 ? in : channels) + skip, channels);
      transformer(path + "attentions." + j, channels, block.depthUp());
    }
    if (!last) {
      conv(path + "upsamplers.0.conv", channels, channels, 3);
    }
    return channels;
  }

  private void resnet(String path, int in, int out) {
    norm(path + ".norm1", in);
    conv(path + ".conv1", in, out, 3);
    linear(path + ".time_emb_proj", time, out);
    norm(path + ".norm2", out);
    conv(path + ".conv2", out, out, 3);
    if (in != out) {
      conv(path + ".conv_shortcut", in, out, 1);
    }
  }

  private void transformer(String path, int channels, int depth) {
    if (depth == 0) {
      return;
    }
    norm(path + ".norm", channels);
    linear(path + ".proj_in", channels, channels);
    for (int i = 0; i < depth; i++) {
      String block = path + ".transformer_blocks." + i + ".";
      for (int j = 1; j <= 3; j++) {
        norm(block + "norm" + j, channels);
      }
      attention(block + "attn1.", channels, channels);
      attention(block + "attn2.", channels, PROMPT);
      linear(block + "ff.net.0.proj", channels, 8 * channels);
      linear(block + "ff.net.2", 4 * channels, channels);
    }
    linear(path + ".proj_out", channels, channels);
  }

  private void attention(String path, int channels, int context) {
    weight(path + "to_q.weight", channels, channels);
    weight(path + "to_k.weight", channels, context);
    weight(path + "to_v.weight", channels, context);
    linear(path + "to_out.0", channels, channels);
  }

  private void linear(String path, int in, int out) {
    weight(path + ".weight", out, in);
    weight(path + ".bias", out);
  }

  private void conv(String path, int in, int out, int kernel) {
    weight(path + ".weight", out, in, kernel, kernel);
    weight(path + ".bias", out);
  }

  private void norm(String path, int channels) {
    weight(path + ".weight", channels);
    weight(path + ".bias", channels);
  }

  /** Small enough that values neither grow nor vanish on their way. */
  private void weight(String name, int... shape) {
    Tensor tensor = Tensor.zeros(shape);
    double scale = 1 / Math.sqrt(Arrays.stream(shape).skip(1).reduce(1, (a, b) -> a * b));
    for (int i = 0; i < tensor.data().length; i++) {
      tensor.data()[i] = (float) (scale * random.nextGaussian());
    }
    weights.put(name, tensor);
  }
}

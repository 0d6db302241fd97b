package dev.hyperbrush.checkpoint;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Reads the configuration of a UNet from the names and shapes of its tensors. Only what cannot be
 * seen there, such as the number of heads, is as published.
 *
 * <p>Immutable.
 */
final class UnetShape {
  private static final String TO_KEY = ".transformer_blocks.0.attn2.to_k.weight";

  private static final Pattern TRANSFORMER =
      Pattern.compile("((down|up)_blocks\\.\\d{1,3}|mid_block)\\.attentions\\.\\d{1,3}");

  private final ModelFamily family;
  private final Path file;
  private final Weights weights;
  private final ShapeOf shape;

  /**
   * A reader of one UNet.
   *
   * @param file that the weights are of, for messages
   * @param weights under the names of diffusers
   */
  UnetShape(ModelFamily family, Path file, Weights weights) {
    this.family = family;
    this.file = file;
    this.weights = weights;
    this.shape = new ShapeOf(weights);
  }

  /**
   * The configuration as diffusers would write it.
   *
   * @param pooledSize of the pooled prompt embedding that is a part of the added one; 0 for none
   */
  ModelConfig config(long pooledSize) {
    ObjectNode config = PublishedConfig.of(family, "unet");
    config.put("in_channels", shape.size("conv_in.weight", 1));
    config.put("out_channels", shape.size("conv_out.weight", 0));
    config.put("time_embedding_dim", shape.size("time_embedding.linear_1.weight", 0));
    int blocks = shape.count("down_blocks");
    ArrayNode channels = config.putArray("block_out_channels");
    ArrayNode layers = config.putArray("layers_per_block");
    ArrayNode heads = config.putArray("attention_head_dim");
    ArrayNode depths = config.putArray("transformer_layers_per_block");
    ArrayNode down = config.putArray("down_block_types");
    ArrayNode up = config.putArray("up_block_types");
    for (int i = 0; i < blocks; i++) {
      String at = "down_blocks." + i;
      long width = shape.size(at + ".resnets.0.conv2.weight", 0);
      channels.add(width);
      layers.add(shape.count(at + ".resnets"));
      heads.add(family == ModelFamily.SDXL ? Math.max(1, width / 64) : 8);
      depths.add(depth(at, "up_blocks." + (blocks - 1 - i)));
      down.add(shape.has(at + ".attentions.0") ? "CrossAttnDownBlock2D" : "DownBlock2D");
      up.add(shape.has("up_blocks." + i + ".attentions.0") ? "CrossAttnUpBlock2D" : "UpBlock2D");
    }
    putEmbeddings(config, pooledSize);
    refuseUnevenDepth(depths);
    return new ModelConfig(file, config);
  }

  private void putEmbeddings(ObjectNode config, long pooledSize) {
    shape.modules().stream()
        .map(module -> weights.find(module + TO_KEY))
        .flatMap(Optional::stream)
        .findFirst()
        .ifPresent(toKey -> config.put("cross_attention_dim", toKey.shape().getLast()));
    if (family == ModelFamily.SDXL) {
      long added = shape.size("add_embedding.linear_1.weight", 1);
      config.put("projection_class_embeddings_input_dim", added);
      if (pooledSize > 0 && added > pooledSize && (added - pooledSize) % 6 == 0) {
        config.put("addition_time_embed_dim", (added - pooledSize) / 6);
      }
    }
  }

  /** Depth of the transformers of a block, down or mirrored up; diffusers writes 1 for none. */
  private int depth(String down, String up) {
    int depth = shape.count(down + ".attentions.0.transformer_blocks");
    return Math.max(1, depth > 0 ? depth : shape.count(up + ".attentions.0.transformer_blocks"));
  }

  /** Some distilled models have left out single blocks, which no graph here knows. */
  private void refuseUnevenDepth(ArrayNode depths) {
    int blocks = depths.size();
    for (String module : new TreeSet<>(shape.modules())) {
      if (!TRANSFORMER.matcher(module).matches()) {
        continue;
      }
      String[] path = module.split("\\.", -1);
      int block =
          switch (path[0]) {
            case "down_blocks" -> Integer.parseInt(path[1]);
            case "up_blocks" -> blocks - 1 - Integer.parseInt(path[1]);
            default -> blocks - 1;
          };
      int depth = shape.count(module + ".transformer_blocks");
      if (block < 0 || block >= blocks || depth != depths.get(block).asInt()) {
        throw WrongKind.of(file, CheckpointKind.SDXL_DISTILLED, family.title());
      }
    }
  }
}

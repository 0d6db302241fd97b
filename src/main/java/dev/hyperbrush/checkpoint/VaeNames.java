package dev.hyperbrush.checkpoint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An autoencoder under the names of the original code (CompVis), or under those that diffusers gave
 * to attention before 0.18, seen under the names that diffusers gives now.
 */
final class VaeNames {
  private static final Pattern MIDDLE =
      Pattern.compile("(encoder|decoder)\\.mid\\.(block_1|block_2|attn_1)\\.(.+)");
  private static final Pattern DOWN =
      Pattern.compile("encoder\\.down\\.(\\d{1,2})\\.(block\\.\\d{1,2}|downsample)\\.(.+)");
  private static final Pattern UP =
      Pattern.compile("decoder\\.up\\.(\\d{1,2})\\.(block\\.\\d{1,2}|upsample)\\.(.+)");
  private static final Pattern ATTENTION =
      Pattern.compile("((?:encoder|decoder)\\.mid_block\\.attentions\\.0\\.)([a-z_]+)\\.([a-z]+)");

  /** What attention layers were called: here first, then in diffusers before 0.18. */
  private static final Map<String, String> IN_ATTENTION =
      Map.ofEntries(
          Map.entry("norm", "group_norm"),
          Map.entry("q", "to_q"),
          Map.entry("k", "to_k"),
          Map.entry("v", "to_v"),
          Map.entry("proj_out", "to_out.0"),
          Map.entry("query", "to_q"),
          Map.entry("key", "to_k"),
          Map.entry("value", "to_v"),
          Map.entry("proj_attn", "to_out.0"));

  private final int upBlocks;

  private VaeNames(int upBlocks) {
    this.upBlocks = upBlocks;
  }

  /**
   * The same tensors under the names of diffusers; those that have them already keep them.
   *
   * @param tensors by their names without the prefix that a whole model gives them
   */
  static Map<String, WeightTensor> asDiffusers(Map<String, WeightTensor> tensors) {
    long upBlocks =
        tensors.keySet().stream()
            .map(UP::matcher)
            .filter(Matcher::matches)
            .map(up -> up.group(1))
            .distinct()
            .count();
    VaeNames names = new VaeNames((int) upBlocks);
    Map<String, WeightTensor> seen = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> {
      String diffusers = names.name(name);
      seen.put(diffusers, asMatrix(tensor.named(diffusers)));
    });
    return seen;
  }

  private String name(String original) {
    String name = blockName(original).replace(".nin_shortcut.", ".conv_shortcut.");
    Matcher attention = ATTENTION.matcher(name);
    if (attention.matches()) {
      String layer = attention.group(2);
      return attention.group(1)
          + IN_ATTENTION.getOrDefault(layer, layer)
          + "."
          + attention.group(3);
    }
    return name;
  }

  private String blockName(String original) {
    Matcher middle = MIDDLE.matcher(original);
    if (middle.matches()) {
      return middle.group(1) + ".mid_block." + inMiddle(middle.group(2)) + middle.group(3);
    }
    Matcher down = DOWN.matcher(original);
    if (down.matches()) {
      String at = "encoder.down_blocks." + down.group(1) + ".";
      return at + inBlock(down.group(2), "downsamplers.0.") + down.group(3);
    }
    Matcher up = UP.matcher(original);
    if (up.matches()) {
      // Counted from the finest resolution there, from the coarsest in diffusers.
      String at = "decoder.up_blocks." + (upBlocks - 1 - Integer.parseInt(up.group(1))) + ".";
      return at + inBlock(up.group(2), "upsamplers.0.") + up.group(3);
    }
    return original.replaceFirst("^(encoder|decoder)\\.norm_out\\.", "$1.conv_norm_out.");
  }

  private static String inMiddle(String part) {
    return switch (part) {
      case "block_1" -> "resnets.0.";
      case "block_2" -> "resnets.1.";
      default -> "attentions.0.";
    };
  }

  private static String inBlock(String part, String sampler) {
    return part.startsWith("block.")
        ? "resnets." + part.substring("block.".length()) + "."
        : sampler;
  }

  /** Attention is written as convolutions of size 1 there. */
  private static WeightTensor asMatrix(WeightTensor tensor) {
    List<Long> shape = tensor.shape();
    boolean pointwise =
        tensor.name().contains(".attentions.")
            && shape.size() == 4
            && shape.get(2) == 1
            && shape.get(3) == 1;
    return pointwise ? tensor.seenAs(shape.subList(0, 2)) : tensor;
  }
}

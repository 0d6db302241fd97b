package dev.hyperbrush.checkpoint;

import static java.util.Map.entry;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the UNet's layers are called in the original code of Stability AI (generative-models): there
 * blocks are counted through, where diffusers nests them. How many there are is seen from the names
 * themselves, so any number of blocks and layers is translated.
 *
 * <p>Immutable.
 */
final class SgmNames {
  private static final Pattern BLOCK =
      Pattern.compile(
          "(down|up)_blocks\\.(\\d{1,3})\\.(resnets|attentions|downsamplers|upsamplers)"
              + "\\.(\\d{1,3})\\.(.+)");
  private static final Pattern MID =
      Pattern.compile("mid_block\\.(resnets|attentions)\\.(\\d{1,3})\\.(.+)");

  static final Map<String, String> OUTSIDE_BLOCKS =
      Map.of(
          "conv_in", "input_blocks.0.0",
          "time_embedding.linear_1", "time_embed.0",
          "time_embedding.linear_2", "time_embed.2",
          "add_embedding.linear_1", "label_emb.0.0",
          "add_embedding.linear_2", "label_emb.0.2",
          "conv_norm_out", "out.0",
          "conv_out", "out.2");

  static final Map<String, String> IN_RESNET =
      Map.ofEntries(
          entry("norm1", "in_layers.0"),
          entry("conv1", "in_layers.2"),
          entry("time_emb_proj", "emb_layers.1"),
          entry("norm2", "out_layers.0"),
          entry("conv2", "out_layers.3"),
          entry("conv_shortcut", "skip_connection"));

  /** The diffusers blocks by side and number, as {@code down0}. */
  private final Map<String, Block> blocks = new HashMap<>();

  /**
   * One block of diffusers, which is a row of blocks here.
   *
   * @param first number of its first layer, counted through all blocks of its side
   * @param layers how many it has
   * @param attention whether its layers have attention
   */
  private record Block(int first, int layers, boolean attention) {}

  /**
   * Counts the UNet's blocks and layers.
   *
   * @param modules names of all its modules in diffusers
   */
  SgmNames(Collection<String> modules) {
    // Input block 0 is conv_in, and every downsampler is one of its own; upsamplers are not.
    count(modules, "down", 1, 1);
    count(modules, "up", 0, 0);
  }

  private void count(Collection<String> modules, String side, int first, int samplerBlocks) {
    Map<Integer, Set<Integer>> resnets = new TreeMap<>();
    Set<Integer> withAttention = new TreeSet<>();
    for (String module : modules) {
      Matcher block = BLOCK.matcher(module);
      if (!block.matches() || !block.group(1).equals(side)) {
        continue;
      }
      Set<Integer> layers = resnets.computeIfAbsent(number(block, 2), id -> new TreeSet<>());
      switch (block.group(3)) {
        case "resnets" -> layers.add(number(block, 4));
        case "attentions" -> withAttention.add(number(block, 2));
        default -> {}
      }
    }
    int next = first;
    for (Map.Entry<Integer, Set<Integer>> block : resnets.entrySet()) {
      int layers = block.getValue().size();
      boolean attention = withAttention.contains(block.getKey());
      blocks.put(side + block.getKey(), new Block(next, layers, attention));
      next += layers + samplerBlocks;
    }
  }

  /** The name in SGM of a module of diffusers that the constructor was given, too. */
  String of(String module) {
    Matcher block = BLOCK.matcher(module);
    if (block.matches()) {
      return inBlock(block);
    }
    Matcher mid = MID.matcher(module);
    if (mid.matches()) {
      return inMiddle(mid);
    }
    return OUTSIDE_BLOCKS.getOrDefault(module, module);
  }

  private String inBlock(Matcher match) {
    String side = match.group(1).equals("down") ? "input_blocks." : "output_blocks.";
    Block block = Objects.requireNonNull(blocks.get(match.group(1) + number(match, 2)));
    int layer = block.first + number(match, 4);
    String inside = match.group(5);
    return side
        + switch (match.group(3)) {
          case "resnets" -> layer + ".0." + inResnet(inside);
          case "attentions" -> layer + ".1." + inside;
          case "downsamplers" -> (block.first + block.layers) + ".0.op";
          default -> (block.first + block.layers - 1) + (block.attention ? ".2." : ".1.") + inside;
        };
  }

  /** Resnet, attention, resnet. */
  private static String inMiddle(Matcher match) {
    return match.group(1).equals("resnets")
        ? "middle_block." + 2 * number(match, 2) + "." + inResnet(match.group(3))
        : "middle_block." + (2 * number(match, 2) + 1) + "." + match.group(3);
  }

  private static String inResnet(String inside) {
    return IN_RESNET.getOrDefault(inside, inside);
  }

  private static int number(Matcher match, int group) {
    return Integer.parseInt(match.group(group));
  }
}

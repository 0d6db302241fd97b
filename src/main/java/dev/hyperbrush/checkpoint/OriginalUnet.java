package dev.hyperbrush.checkpoint;

import static java.util.stream.Collectors.toMap;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A UNet under the names of the original code (CompVis, later Stability AI), seen under those of
 * diffusers: the way back from {@link SgmNames}. Where blocks begin and end is seen from the names.
 *
 * <p>Owned by one thread, for one file.
 */
final class OriginalUnet {
  /** A part of a block, and what is within it. */
  private static final Pattern PART =
      Pattern.compile(
          "((input|output)_blocks\\.(\\d{1,3})\\.(\\d)|middle_block\\.\\d)\\.([a-z_]+.*)");

  private static final Map<String, String> OUTSIDE_BLOCKS = inverse(SgmNames.OUTSIDE_BLOCKS);
  private static final Map<String, String> IN_RESNET = inverse(SgmNames.IN_RESNET);

  private enum Kind {
    RESNET,
    ATTENTION,
    SAMPLER
  }

  private final Map<String, WeightTensor> tensors;

  /** What each part of a block is in diffusers: {@code input_blocks.4.1} and its module there. */
  private final Map<String, String> modules = new HashMap<>();

  private OriginalUnet(Map<String, WeightTensor> tensors) {
    this.tensors = tensors;
    addSide("input", "down_blocks.", ".downsamplers.0");
    addSide("output", "up_blocks.", ".upsamplers.0");
    modules.put("middle_block.0", "mid_block.resnets.0");
    modules.put("middle_block.1", "mid_block.attentions.0");
    modules.put("middle_block.2", "mid_block.resnets.1");
  }

  /**
   * The same tensors under the names of diffusers; what is of no UNet is left out.
   *
   * @param tensors by their names without the prefix that a whole model gives them
   */
  static Map<String, WeightTensor> asDiffusers(Map<String, WeightTensor> tensors) {
    OriginalUnet unet = new OriginalUnet(tensors);
    Map<String, WeightTensor> seen = new LinkedHashMap<>();
    tensors.forEach((name, tensor) ->
        unet.name(name).ifPresent(diffusers -> seen.put(diffusers, tensor.named(diffusers))));
    return seen;
  }

  /** Blocks here are layers there; a block there ends with the part that changes the size. */
  private void addSide(String side, String blocks, String sampler) {
    int block = 0;
    int layer = 0;
    for (Map<String, Kind> parts : layers(side).values()) {
      String at = blocks + block;
      for (Map.Entry<String, Kind> part : parts.entrySet()) {
        modules.put(
            part.getKey(),
            switch (part.getValue()) {
              case RESNET -> at + ".resnets." + layer;
              case ATTENTION -> at + ".attentions." + layer;
              case SAMPLER -> at + sampler;
            });
      }
      boolean last = parts.containsValue(Kind.SAMPLER);
      block += last ? 1 : 0;
      layer = last ? 0 : layer + 1;
    }
  }

  /** The parts of each block of one side, by the block's number. Input block 0 has none. */
  private NavigableMap<Integer, Map<String, Kind>> layers(String side) {
    NavigableMap<Integer, Map<String, Kind>> layers = new TreeMap<>();
    for (String name : tensors.keySet()) {
      Matcher part = PART.matcher(name);
      if (part.matches() && side.equals(part.group(2))) {
        kind(part.group(5))
            .ifPresent(kind ->
                layers
                    .computeIfAbsent(Integer.valueOf(part.group(3)), number -> new TreeMap<>())
                    .put(part.group(1), kind));
      }
    }
    return layers;
  }

  private static Optional<Kind> kind(String inside) {
    return Optional.ofNullable(
        switch (inside.substring(0, Math.max(0, inside.indexOf('.')))) {
          case "op", "conv" -> Kind.SAMPLER;
          case "in_layers" -> Kind.RESNET;
          case "transformer_blocks" -> Kind.ATTENTION;
          default -> null;
        });
  }

  private Optional<String> name(String original) {
    int dot = original.lastIndexOf('.');
    String outside = dot < 0 ? null : OUTSIDE_BLOCKS.get(original.substring(0, dot));
    if (outside != null) {
      return Optional.of(outside + original.substring(dot));
    }
    Matcher part = PART.matcher(original);
    return part.matches()
        ? Optional.ofNullable(modules.get(part.group(1)))
            .map(module -> module + "." + inside(module, part.group(5)))
        : Optional.empty();
  }

  private static String inside(String module, String original) {
    if (module.contains(".resnets.")) {
      int dot = original.lastIndexOf('.');
      String known = dot < 0 ? null : IN_RESNET.get(original.substring(0, dot));
      return known == null ? original : known + original.substring(dot);
    }
    return module.contains(".downsamplers.") ? original.replaceFirst("^op\\.", "conv.") : original;
  }

  private static Map<String, String> inverse(Map<String, String> names) {
    return names.entrySet().stream().collect(toMap(Map.Entry::getValue, Map.Entry::getKey));
  }
}

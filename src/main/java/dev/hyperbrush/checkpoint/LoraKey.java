package dev.hyperbrush.checkpoint;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Optional;

/**
 * The name of a tensor in a LoRA file, taken apart: which module of the model it belongs to, and
 * which part of the low-rank product it is. Knows the endings that kohya-ss, peft and older
 * versions of diffusers write.
 */
record LoraKey(String module, Part part) {
  /** The delta of a weight is {@code alpha / rank * up @ down}. */
  enum Part {
    /** From the inputs to the rank: {@code [rank, in]} or {@code [rank, in, kh, kw]}. */
    DOWN,
    /** From the rank to the outputs: {@code [out, rank]} or {@code [out, rank, 1, 1]}. */
    UP,
    /** The kernel of a convolution between both: {@code [rank, rank, kh, kw]} (LyCORIS). */
    MID,
    /** One number; absent means the rank. */
    ALPHA
  }

  private static final Map<String, Part> ENDINGS =
      Map.ofEntries(
          entry(".lora_down.weight", Part.DOWN),
          entry(".lora_A.weight", Part.DOWN),
          entry(".lora_A.default.weight", Part.DOWN),
          entry(".lora_linear_layer.down.weight", Part.DOWN),
          entry(".lora.down.weight", Part.DOWN),
          entry("_lora.down.weight", Part.DOWN),
          entry(".lora_up.weight", Part.UP),
          entry(".lora_B.weight", Part.UP),
          entry(".lora_B.default.weight", Part.UP),
          entry(".lora_linear_layer.up.weight", Part.UP),
          entry(".lora.up.weight", Part.UP),
          entry("_lora.up.weight", Part.UP),
          entry(".lora_mid.weight", Part.MID),
          entry(".alpha", Part.ALPHA));

  static Optional<LoraKey> parse(String key) {
    return ENDINGS.entrySet().stream()
        .filter(ending -> key.endsWith(ending.getKey()))
        .findFirst()
        .map(ending -> new LoraKey(module(key, ending.getKey()), ending.getValue()));
  }

  /** Diffusers up to 0.19 named attention layers by the processor that ran them. */
  private static String module(String key, String ending) {
    return key.substring(0, key.length() - ending.length())
        .replaceFirst("\\.processor\\.to_(q|k|v)$", ".to_$1")
        .replaceFirst("\\.processor\\.to_out$", ".to_out.0")
        .replaceFirst("\\.self_attn\\.to_(q|k|v|out)$", ".self_attn.$1_proj");
  }
}

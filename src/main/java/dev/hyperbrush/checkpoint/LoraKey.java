package dev.hyperbrush.checkpoint;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Optional;

/**
 * The name of a tensor in a LoRA file, taken apart: which module of the model it belongs to, and
 * which part of the change it is. Knows the endings that kohya-ss, LyCORIS, peft and older versions
 * of diffusers write.
 */
record LoraKey(String module, Part part) {
  /** See the kinds of {@link LoraDelta} for what each is. */
  enum Part {
    DOWN,
    UP,
    MID,
    /** One number; absent means the rank. */
    ALPHA,
    DORA_SCALE,
    MAGNITUDE_VECTOR,
    HADA_W1_A,
    HADA_W1_B,
    HADA_W2_A,
    HADA_W2_B,
    HADA_T1,
    HADA_T2,
    LOKR_W1,
    LOKR_W1_A,
    LOKR_W1_B,
    LOKR_W2,
    LOKR_W2_A,
    LOKR_W2_B,
    LOKR_T2,
    DIFF,
    DIFF_BIAS,
    /** A kind that cannot be fused. */
    GLORA,
    /** As {@link #GLORA}: OFT, BOFT. */
    OFT,
    /** As {@link #GLORA}. */
    IA3
  }

  private static final Map<String, Part> ENDINGS =
      Map.ofEntries(
          entry(".lora_down.weight", Part.DOWN),
          entry(".lora_A.weight", Part.DOWN),
          entry("_lora_A.weight", Part.DOWN),
          entry(".lora_A.default.weight", Part.DOWN),
          entry(".lora_linear_layer.down.weight", Part.DOWN),
          entry(".lora.down.weight", Part.DOWN),
          entry("_lora.down.weight", Part.DOWN),
          entry(".lora_up.weight", Part.UP),
          entry(".lora_B.weight", Part.UP),
          entry("_lora_B.weight", Part.UP),
          entry(".lora_B.default.weight", Part.UP),
          entry(".lora_linear_layer.up.weight", Part.UP),
          entry(".lora.up.weight", Part.UP),
          entry("_lora.up.weight", Part.UP),
          entry(".lora_mid.weight", Part.MID),
          entry(".alpha", Part.ALPHA),
          entry(".dora_scale", Part.DORA_SCALE),
          entry(".lora_magnitude_vector", Part.MAGNITUDE_VECTOR),
          entry(".lora_magnitude_vector.weight", Part.MAGNITUDE_VECTOR),
          entry(".lora_magnitude_vector.default", Part.MAGNITUDE_VECTOR),
          entry(".lora_magnitude_vector.default.weight", Part.MAGNITUDE_VECTOR),
          entry(".hada_w1_a", Part.HADA_W1_A),
          entry(".hada_w1_b", Part.HADA_W1_B),
          entry(".hada_w2_a", Part.HADA_W2_A),
          entry(".hada_w2_b", Part.HADA_W2_B),
          entry(".hada_t1", Part.HADA_T1),
          entry(".hada_t2", Part.HADA_T2),
          entry(".lokr_w1", Part.LOKR_W1),
          entry(".lokr_w1_a", Part.LOKR_W1_A),
          entry(".lokr_w1_b", Part.LOKR_W1_B),
          entry(".lokr_w2", Part.LOKR_W2),
          entry(".lokr_w2_a", Part.LOKR_W2_A),
          entry(".lokr_w2_b", Part.LOKR_W2_B),
          entry(".lokr_t2", Part.LOKR_T2),
          entry(".diff", Part.DIFF),
          entry(".w_norm", Part.DIFF),
          entry(".diff_b", Part.DIFF_BIAS),
          entry(".b_norm", Part.DIFF_BIAS),
          entry(".a1.weight", Part.GLORA),
          entry(".oft_blocks", Part.OFT),
          entry(".oft_diag", Part.OFT),
          entry(".on_input", Part.IA3));

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

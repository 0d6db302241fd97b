package dev.hyperbrush.generation;

/** A LoRA by its name in the library, and how strongly it is fused; 1 is as trained. */
public record LoraWeight(String name, double weight) {
  public static final double MAX = 4;

  public LoraWeight {
    if (!(Math.abs(weight) <= MAX)) {
      throw new Refusal(ReasonCode.LORA_WEIGHT_OUT_OF_RANGE, name, weight, -MAX, MAX);
    }
  }
}

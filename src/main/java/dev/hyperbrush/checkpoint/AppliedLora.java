package dev.hyperbrush.checkpoint;

/** A LoRA and how strongly it is fused; 1 is as trained. Immutable. */
public record AppliedLora(LoraFile file, double weight) {}

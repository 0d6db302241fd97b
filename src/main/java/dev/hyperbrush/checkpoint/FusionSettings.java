package dev.hyperbrush.checkpoint;

import java.util.OptionalLong;

/**
 * How weights with LoRAs fused in are kept.
 *
 * <p>Immutable.
 *
 * @param precision of their values
 * @param maxBytes how much disk they may take together; where empty, 30 GB or half of what is free,
 *     whichever is less
 */
public record FusionSettings(Precision precision, OptionalLong maxBytes) {
  /** The element type of fused weights whose base has 16 bits; others are always 32-bit floats. */
  public enum Precision {
    /**
     * 32 bits while those of one component take at most 1 GiB so, as a small model does; else, and
     * on a card, as in the base.
     */
    AUTO,
    /** 32 bits: nothing is rounded. Takes twice the disk and reading. */
    FULL,
    /**
     * As in the base, rounded to nearest. That is what diffusers' {@code fuse_lora} and A1111
     * compute with.
     */
    BASE
  }

  public static FusionSettings standard() {
    return new FusionSettings(Precision.AUTO, OptionalLong.empty());
  }

  /** The same for a card, which computes in 16 bits anyway. */
  public FusionSettings forCard() {
    return precision == Precision.AUTO ? new FusionSettings(Precision.BASE, maxBytes) : this;
  }
}

package dev.hyperbrush.vae;

/** When pictures go through the VAE in tiles, which takes less memory and a little more time. */
public enum VaeTiling {
  /** When there is not the memory to do it at once. */
  AUTO,

  /** Whenever a picture is larger than a tile. */
  ALWAYS,

  /** Not even then. */
  NEVER
}

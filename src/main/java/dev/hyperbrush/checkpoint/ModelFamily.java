package dev.hyperbrush.checkpoint;

/** Which published architecture a model has. */
public enum ModelFamily {
  /** Stable Diffusion XL (arXiv 2307.01952): two text encoders, sizes as added conditioning. */
  SDXL("SDXL"),
  /** Stable Diffusion 1.x (arXiv 2112.10752): one text encoder, no added conditioning. */
  SD15("SD 1.5");

  private final String title;

  ModelFamily(String title) {
    this.title = title;
  }

  /** What people call it. */
  public String title() {
    return title;
  }
}

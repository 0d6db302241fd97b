package dev.hyperbrush.pipeline;

/** How drawing makes do with less memory; each includes those before it. */
enum Economy {
  NONE("all at once"),
  /** Pictures of a batch one after the other: the same pictures, as each has its own noise. */
  ONE_BY_ONE("pictures one after the other"),
  /**
   * Everything opened anew, and the VAE in tiles from the start, unless the operator wants none.
   * (Where only the VAE at once was too large, it has gone over to tiles by itself.)
   */
  TILED("the VAE in tiles"),
  /** Everything opened anew, and the text encoders on the CPU. */
  HOST_ENCODERS("the text encoders on the CPU");

  private final String words;

  Economy(String words) {
    this.words = words;
  }

  boolean includes(Economy other) {
    return compareTo(other) >= 0;
  }

  /** For the log. */
  String words() {
    return words;
  }
}

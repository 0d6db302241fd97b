package dev.hyperbrush.semantic;

/** A colour by its channels, 0 to 255 each. */
record Rgb(int red, int green, int blue) {
  /** Euclidean, 0 to 442. */
  double distance(Rgb other) {
    return Math.sqrt(
        Math.pow(red - other.red, 2)
            + Math.pow(green - other.green, 2)
            + Math.pow(blue - other.blue, 2));
  }
}

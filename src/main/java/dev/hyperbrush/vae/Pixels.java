package dev.hyperbrush.vae;

import dev.hyperbrush.generation.RgbImage;
import dev.hyperbrush.tensor.Tensor;

/** Floats to bytes, as {@code VaeGraph} does it where a picture is decoded at once. */
final class Pixels {

  /**
   * round(clamp(x / 2 + 0.5) * 255); black all over where a number is none.
   *
   * @param image {@code [1, 3, height, width]}
   */
  static RgbImage of(Tensor image) {
    int height = image.dim(2);
    int width = image.dim(3);
    if (!Numbers.areFinite(image)) {
      return black(width, height);
    }
    int plane = height * width;
    byte[] rgb = new byte[3 * plane];
    for (int i = 0; i < rgb.length; i++) {
      float value = image.data()[i % 3 * plane + i / 3] * 0.5f + 0.5f;
      rgb[i] = (byte) Math.rint(Math.clamp(value, 0f, 1f) * 255f);
    }
    return new RgbImage(width, height, rgb);
  }

  static RgbImage black(int width, int height) {
    return new RgbImage(width, height, new byte[3 * width * height]);
  }

  static boolean areBlack(RgbImage image) {
    for (byte value : image.rgb()) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }

  private Pixels() {}
}

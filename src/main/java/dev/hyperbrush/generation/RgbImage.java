package dev.hyperbrush.generation;

/**
 * A finished picture: 8-bit RGB, rows from the top, {@code rgb[(y * width + x) * 3 + channel]}.
 *
 * <p>The array is shared, not copied: whoever receives a picture leaves it as it is.
 */
@SuppressWarnings("ArrayRecordComponent") // a picture is compared by its pixels in tests only
public record RgbImage(int width, int height, byte[] rgb) {
  public RgbImage {
    if (rgb.length != width * height * 3) {
      throw new IllegalArgumentException(
          "a picture of "
              + width
              + "x"
              + height
              + " needs "
              + width * height * 3
              + " bytes, got "
              + rgb.length);
    }
  }

  /** One channel (0 red, 1 green, 2 blue) of a pixel, 0 to 255. */
  public int channel(int x, int y, int channel) {
    return rgb[(y * width + x) * 3 + channel] & 0xFF;
  }
}

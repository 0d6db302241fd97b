package dev.hyperbrush.generation;

/**
 * Width and height of a picture in pixels, both multiples of 8 (the VAE's factor).
 *
 * <p>Immutable.
 */
public record ImageSize(int width, int height) {
  public static final int MULTIPLE = 8;
  public static final int MIN = 64;
  public static final int MAX = 4096;

  public ImageSize {
    check("width", width);
    check("height", height);
  }

  private static void check(String side, int pixels) {
    if (pixels < MIN || pixels > MAX) {
      throw new Refusal(ReasonCode.SIZE_OUT_OF_RANGE, side, pixels, MIN, MAX);
    }
    if (pixels % MULTIPLE != 0) {
      throw new Refusal(ReasonCode.SIZE_NOT_MULTIPLE, side, pixels, MULTIPLE);
    }
  }

  public long pixels() {
    return (long) width * height;
  }

  /** As people write it, for example {@code 1024x768}. */
  @Override
  public String toString() {
    return width + "x" + height;
  }
}

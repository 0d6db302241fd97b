package dev.hyperbrush.policy;

import java.util.OptionalInt;

/** How somebody asked for a size. Immutable. */
public sealed interface SizeWish {
  /** These sides; the model's own where one is not named. */
  record Pixels(OptionalInt width, OptionalInt height) implements SizeWish {
    public static Pixels of(int width, int height) {
      return new Pixels(OptionalInt.of(width), OptionalInt.of(height));
    }

    public Pixels withWidth(int newWidth) {
      return new Pixels(OptionalInt.of(newWidth), height);
    }

    public Pixels withHeight(int newHeight) {
      return new Pixels(width, OptionalInt.of(newHeight));
    }
  }

  /** The model's trained size nearest to this ratio; {@code 3:2} is wider than high. */
  record Ratio(int width, int height) implements SizeWish {
    public Ratio {
      if (width < 1 || height < 1) {
        throw new IllegalArgumentException("ratio " + width + ":" + height);
      }
    }

    /** Zero for square, positive for wide, negative for high; the same distance both ways. */
    double logarithm() {
      return Math.log((double) width / height);
    }

    @Override
    public String toString() {
      return width + ":" + height;
    }
  }
}

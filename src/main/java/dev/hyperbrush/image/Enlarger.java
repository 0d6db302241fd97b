package dev.hyperbrush.image;

import dev.hyperbrush.generation.RgbImage;

/**
 * Enlarges a picture by a whole factor with a Lanczos kernel of three lobes (Duchon 1979), rows and
 * columns one after the other.
 *
 * <p>Two choices make flat shapes come out clean. Every value is kept within the range of its two
 * nearest neighbours in the small picture, which removes the halos that the kernel's negative lobes
 * draw along edges and keeps its sharpness. And values are mixed as they are stored, with sRGB's
 * gamma: mixing light linearly matters when many pixels become one, whereas here it would only make
 * bright shapes grow and dark ones shrink by half a pixel.
 *
 * <p>Thread-safe: it has no state.
 */
public final class Enlarger {
  public static final int MAX_FACTOR = 4;

  private static final int LOBES = 3;
  private static final int TAPS = 2 * LOBES;

  /**
   * Enlarges, or gives back the picture itself when the factor is 1.
   *
   * @param factor 1 to {@link #MAX_FACTOR}
   */
  public static RgbImage enlarge(RgbImage image, int factor) {
    if (factor < 1 || factor > MAX_FACTOR) {
      throw new IllegalArgumentException("cannot enlarge by " + factor);
    }
    if (factor == 1) {
      return image;
    }
    int width = image.width();
    int height = image.height();
    float[] pixels = new float[image.rgb().length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = image.rgb()[i] & 0xFF;
    }
    float[][] kernel = kernel(factor);
    float[] wide = stretch(pixels, height, width, 3, kernel);
    float[] large = stretch(wide, 1, height, width * factor * 3, kernel);
    return new RgbImage(width * factor, height * factor, rounded(large));
  }

  /**
   * Makes one axis longer by the number of phases of the kernel. An array of [outer, length, inner]
   * becomes [outer, length * phases, inner].
   */
  private static float[] stretch(
      float[] source, int outer, int length, int inner, float[][] kernel) {
    int factor = kernel.length;
    float[] target = new float[source.length * factor];
    for (int line = 0; line < outer; line++) {
      int from = line * length * inner;
      for (int position = 0; position < length * factor; position++) {
        // Centres of pixels are half a pixel in: the first source pixel right of this point.
        int right = Math.floorDiv(2 * position + 1 + factor, 2 * factor);
        int[] taps = taps(right, length, from, inner);
        float[] weights = kernel[position % factor];
        int to = (line * length * factor + position) * inner;
        for (int i = 0; i < inner; i++) {
          target[to + i] = mix(source, taps, i, weights);
        }
      }
    }
    return target;
  }

  /** Where the kernel's taps begin in the array; beyond the edge, the last pixel goes on. */
  private static int[] taps(int right, int length, int from, int inner) {
    int[] taps = new int[TAPS];
    for (int tap = 0; tap < TAPS; tap++) {
      taps[tap] = from + Math.clamp(right - LOBES + tap, 0, length - 1) * inner;
    }
    return taps;
  }

  private static float mix(float[] source, int[] taps, int offset, float[] weights) {
    float sum = 0;
    for (int tap = 0; tap < TAPS; tap++) {
      sum += weights[tap] * source[taps[tap] + offset];
    }
    float left = source[taps[LOBES - 1] + offset];
    float right = source[taps[LOBES] + offset];
    return Math.clamp(sum, Math.min(left, right), Math.max(left, right));
  }

  /** The kernel at the places of the taps, [phase, tap], each phase with the sum 1. */
  private static float[][] kernel(int factor) {
    float[][] kernel = new float[factor][TAPS];
    for (int phase = 0; phase < factor; phase++) {
      double centre = (phase + 0.5) / factor - 0.5;
      double first = Math.floor(centre) + 1 - LOBES;
      double sum = 0;
      for (int tap = 0; tap < TAPS; tap++) {
        sum += lanczos(first + tap - centre);
      }
      for (int tap = 0; tap < TAPS; tap++) {
        kernel[phase][tap] = (float) (lanczos(first + tap - centre) / sum);
      }
    }
    return kernel;
  }

  private static double lanczos(double x) {
    if (x == 0) {
      return 1;
    }
    double angle = Math.PI * x;
    return LOBES * Math.sin(angle) * Math.sin(angle / LOBES) / (angle * angle);
  }

  private static byte[] rounded(float[] values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) Math.round(values[i]);
    }
    return bytes;
  }

  private Enlarger() {}
}

package dev.hyperbrush.chat.discord;

import dev.hyperbrush.generation.RgbImage;
import dev.hyperbrush.image.PngEncoder;
import java.util.Random;

/** Pictures of about a wanted size in bytes. */
final class TestPictures {
  /** Noise, which nothing makes smaller. */
  static byte[] noise(int bytes, long seed) {
    int side = Math.max(1, (int) Math.sqrt(bytes / 3.0));
    byte[] rgb = new byte[side * side * 3];
    new Random(seed).nextBytes(rgb);
    return PngEncoder.encode(new RgbImage(side, side, rgb), "");
  }

  private TestPictures() {}
}

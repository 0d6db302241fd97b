package dev.hyperbrush.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.generation.RgbImage;
import dev.hyperbrush.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Pictures that diffusers drew. */
final class Png {
  private static final double PIXELS_WITHIN_ONE_GREY_LEVEL = 0.999;

  /** {@code [1, 3, height, width]}, -1 to 1. */
  static Tensor read(Path png) throws IOException {
    BufferedImage image = ImageIO.read(png.toFile());
    int size = image.getWidth() * image.getHeight();
    Tensor tensor = Tensor.zeros(1, 3, image.getHeight(), image.getWidth());
    for (int i = 0; i < size; i++) {
      int rgb = image.getRGB(i % image.getWidth(), i / image.getWidth());
      for (int channel = 0; channel < 3; channel++) {
        tensor.data()[channel * size + i] = level(rgb, channel) / 255f * 2 - 1;
      }
    }
    return tensor;
  }

  static void assertSamePixels(RgbImage picture, Path png) throws IOException {
    BufferedImage expected = ImageIO.read(png.toFile());
    assertThat(picture.width()).isEqualTo(expected.getWidth());
    assertThat(picture.height()).isEqualTo(expected.getHeight());
    int near = 0;
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        int rgb = expected.getRGB(x, y);
        boolean same = true;
        for (int channel = 0; channel < 3; channel++) {
          same &= Math.abs(level(rgb, channel) - picture.channel(x, y, channel)) <= 1;
        }
        near += same ? 1 : 0;
      }
    }
    assertThat(near / (double) (picture.width() * picture.height()))
        .as("share of pixels within one grey level of " + png.getFileName())
        .isGreaterThanOrEqualTo(PIXELS_WITHIN_ONE_GREY_LEVEL);
  }

  private static int level(int rgb, int channel) {
    return (rgb >> (16 - 8 * channel)) & 0xFF;
  }

  private Png() {}
}

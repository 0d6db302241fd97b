package dev.hyperbrush.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hyperbrush.generation.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

final class JpegEncoderTest {
  private static final byte[] NOISE = noise(256, 128);

  @Test
  void keepsTheSizeAndTheColours() throws IOException {
    byte[] red = new byte[64 * 64 * 3];
    for (int i = 0; i < red.length; i += 3) {
      red[i] = (byte) 200;
    }
    byte[] jpeg = JpegEncoder.encode(PngEncoder.encode(new RgbImage(64, 64, red), ""), 100_000);
    BufferedImage image = read(jpeg);
    assertThat(image.getWidth()).isEqualTo(64);
    assertThat((image.getRGB(30, 30) >> 16) & 0xFF).isCloseTo(200, within(4));
    assertThat(image.getRGB(30, 30) & 0xFF).isLessThan(6);
  }

  @Test
  void givesUpQualityAndThenPixelsUntilItFits() throws IOException {
    byte[] best = JpegEncoder.encode(NOISE, Long.MAX_VALUE);
    byte[] lower = JpegEncoder.encode(NOISE, best.length - 1);
    assertThat(lower.length).isLessThan(best.length);
    assertThat(read(lower).getWidth()).isEqualTo(256);
    byte[] small = JpegEncoder.encode(NOISE, 4000);
    assertThat(small.length).isLessThanOrEqualTo(4000);
    assertThat(read(small).getWidth()).isLessThan(256);
  }

  @Test
  void keepsToALongestSideAndTheShape() throws IOException {
    BufferedImage image = read(JpegEncoder.encode(NOISE, Long.MAX_VALUE, 100));
    assertThat(image.getWidth()).isEqualTo(100);
    assertThat(image.getHeight()).isEqualTo(50);
  }

  @Test
  void endsWhereNothingFits() throws IOException {
    assertThat(read(JpegEncoder.encode(NOISE, 1)).getWidth()).isEqualTo(1);
  }

  @Test
  void refusesWhatIsNoPicture() {
    assertThatThrownBy(() -> JpegEncoder.encode(new byte[] {1, 2, 3}, 1000))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static BufferedImage read(byte[] jpeg) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg));
    assertThat(image).isNotNull();
    return image;
  }

  private static byte[] noise(int width, int height) {
    byte[] rgb = new byte[width * height * 3];
    new Random(1).nextBytes(rgb);
    return PngEncoder.encode(new RgbImage(width, height, rgb), "");
  }
}

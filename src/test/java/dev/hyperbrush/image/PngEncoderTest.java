package dev.hyperbrush.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.generation.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PngEncoderTest {
  @ParameterizedTest
  @CsvSource({"1, 1", "1, 7", "7, 1", "64, 96", "331, 257"})
  void anotherReaderSeesTheSamePixels(int width, int height) throws Exception {
    byte[] rgb = new byte[width * height * 3];
    new Random(width).nextBytes(rgb);
    RgbImage image = new RgbImage(width, height, rgb);

    BufferedImage read =
        ImageIO.read(new ByteArrayInputStream(PngEncoder.encode(image, "Steps: 4")));

    assertThat(read.getWidth()).isEqualTo(width);
    assertThat(read.getHeight()).isEqualTo(height);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int expected =
            image.channel(x, y, 0) << 16 | image.channel(x, y, 1) << 8 | image.channel(x, y, 2);
        assertThat(read.getRGB(x, y) & 0xFFFFFF).isEqualTo(expected);
      }
    }
  }

  @Test
  void latinTextIsAPlainTextChunk() {
    Map<String, byte[]> chunks = chunks(PngEncoder.encode(dot(), "ein Käse\nSteps: 4"));

    assertThat(chunks).containsOnlyKeys("IHDR", "tEXt", "IDAT", "IEND");
    assertThat(chunks.get("tEXt"))
        .asString(StandardCharsets.ISO_8859_1)
        .isEqualTo("parameters\0ein Käse\nSteps: 4");
  }

  @Test
  void otherTextIsAnInternationalTextChunk() {
    Map<String, byte[]> chunks = chunks(PngEncoder.encode(dot(), "東京 🌸"));

    assertThat(chunks).containsOnlyKeys("IHDR", "iTXt", "IDAT", "IEND");
    assertThat(chunks.get("iTXt"))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("parameters\0\0\0\0\0東京 🌸");
  }

  @Test
  void aNullCannotEndTheTextEarly() {
    Map<String, byte[]> chunks = chunks(PngEncoder.encode(dot(), "a\0b"));

    assertThat(chunks.get("tEXt")).asString(StandardCharsets.UTF_8).isEqualTo("parameters\0ab");
  }

  @Test
  void noTextIsNoChunk() {
    assertThat(chunks(PngEncoder.encode(dot(), ""))).containsOnlyKeys("IHDR", "IDAT", "IEND");
  }

  private static RgbImage dot() {
    return new RgbImage(1, 1, new byte[] {1, 2, 3});
  }

  /** Chunk data by type, with every CRC checked. */
  private static Map<String, byte[]> chunks(byte[] png) {
    ByteBuffer in = ByteBuffer.wrap(png, 8, png.length - 8);
    Map<String, byte[]> chunks = new LinkedHashMap<>();
    while (in.hasRemaining()) {
      byte[] typeAndData = new byte[in.getInt() + 4];
      in.get(typeAndData);
      CRC32 crc = new CRC32();
      crc.update(typeAndData);
      assertThat(in.getInt()).isEqualTo((int) crc.getValue());
      chunks.put(
          new String(typeAndData, 0, 4, StandardCharsets.ISO_8859_1),
          Arrays.copyOfRange(typeAndData, 4, typeAndData.length));
    }
    return chunks;
  }
}

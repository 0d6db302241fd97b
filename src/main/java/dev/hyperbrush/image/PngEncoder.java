package dev.hyperbrush.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hyperbrush.generation.RgbImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes PNG (ISO/IEC 15948) with the settings of the picture in the text chunk {@code parameters},
 * where A1111 and its kin look for them.
 *
 * <p>Written by hand, since it is short and since ImageIO does not filter rows, needs a DOM tree
 * for one text, and loads AWT. For an enlarged picture of 1024x1024 on two cores: ImageIO 41 ms and
 * 459 KB, at its fastest level 21 ms and 553 KB, this 18 ms and 437 KB.
 *
 * <p>Thread-safe: it has no state.
 */
public final class PngEncoder {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  private static final byte[] RGB_8_BIT = {8, 2, 0, 0, 0};

  /**
   * Each byte minus the one above: the cheapest filter, and as small as Paeth on smooth colours.
   */
  private static final int FILTER_UP = 2;

  private static final String KEYWORD = "parameters\0";

  /**
   * Encodes a picture.
   *
   * @param parameters what {@link A1111Parameters} wrote; empty for no text chunk
   */
  public static byte[] encode(RgbImage image, String parameters) {
    try (ByteArrayOutputStream png = new ByteArrayOutputStream()) {
      png.write(SIGNATURE);
      byte[] header = new byte[13];
      ByteBuffer.wrap(header).putInt(image.width()).putInt(image.height()).put(RGB_8_BIT);
      writeChunk(png, "IHDR", header);
      writeText(png, parameters.replace("\0", ""));
      writeChunk(png, "IDAT", deflated(image));
      writeChunk(png, "IEND", new byte[0]);
      return png.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("an array cannot fail", e);
    }
  }

  /**
   * As Pillow does: tEXt where Latin-1 suffices, else iTXt, uncompressed and without a language.
   */
  private static void writeText(ByteArrayOutputStream png, String text) throws IOException {
    if (text.isEmpty()) {
      return;
    }
    if (ISO_8859_1.newEncoder().canEncode(text)) {
      writeChunk(png, "tEXt", (KEYWORD + text).getBytes(ISO_8859_1));
    } else {
      writeChunk(png, "iTXt", (KEYWORD + "\0\0\0\0" + text).getBytes(UTF_8));
    }
  }

  private static byte[] deflated(RgbImage image) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(image.rgb().length / 4);
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed, deflater, 1 << 16)) {
      int rowLength = image.width() * 3;
      byte[] filtered = new byte[rowLength + 1];
      filtered[0] = FILTER_UP;
      for (int y = 0; y < image.height(); y++) {
        filterUp(image.rgb(), y * rowLength, rowLength, filtered);
        out.write(filtered);
      }
    } finally {
      deflater.end();
    }
    return packed.toByteArray();
  }

  private static void filterUp(byte[] rgb, int row, int length, byte[] filtered) {
    for (int i = 0; i < length; i++) {
      int above = row == 0 ? 0 : rgb[row + i - length];
      filtered[i + 1] = (byte) (rgb[row + i] - above);
    }
  }

  /** Length, type, data, and the CRC of type and data. */
  private static void writeChunk(ByteArrayOutputStream png, String type, byte[] data)
      throws IOException {
    byte[] name = type.getBytes(ISO_8859_1);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    png.write(bigEndian(data.length));
    png.write(name);
    png.write(data);
    png.write(bigEndian((int) crc.getValue()));
  }

  private static byte[] bigEndian(int value) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
  }

  private PngEncoder() {}
}

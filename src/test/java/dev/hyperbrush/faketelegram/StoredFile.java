package dev.hyperbrush.faketelegram;

import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/**
 * A file as the server keeps it. Of a photo there are several, one for each size; all of them are
 * encoded again, so that what was written beside the picture is lost. Immutable by agreement.
 *
 * @param bytes as they came
 */
@SuppressWarnings("ArrayRecordComponent")
record StoredFile(
    String id, boolean photo, String name, byte[] bytes, int width, int height, String path) {

  /** What a download gives. */
  byte[] content() {
    return photo ? encodedAgain() : bytes;
  }

  private byte[] encodedAgain() {
    try {
      BufferedImage read = ImageIO.read(new ByteArrayInputStream(bytes));
      BufferedImage flat = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      Image scaled = read.getScaledInstance(width, height, Image.SCALE_FAST);
      flat.getGraphics().drawImage(scaled, 0, 0, null);
      ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
      ImageIO.write(flat, "jpeg", jpeg);
      return jpeg.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String mimeType() {
    if (name.endsWith(".png")) {
      return "image/png";
    }
    return name.endsWith(".jpg") ? "image/jpeg" : "application/octet-stream";
  }
}

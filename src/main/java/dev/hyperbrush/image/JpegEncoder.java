package dev.hyperbrush.image;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Makes JPEG (ITU-T T.81) of pictures that are too large as PNG for where they go: of the best
 * quality that fits, and where none does, with fewer pixels. What PNG says of its settings is lost.
 * Thread-safe: it has no state.
 */
public final class JpegEncoder {
  /** From hardly to be told from the original to where blocks begin to show. */
  private static final float[] QUALITIES = {0.93f, 0.86f, 0.76f, 0.6f};

  private static final double SMALLER = 0.7;

  /**
   * A picture of its own size.
   *
   * @param png or whatever else Java reads
   * @param maxBytes of what is returned; where that cannot be kept to, it is a single pixel
   * @throws IllegalArgumentException when that is no picture
   */
  public static byte[] encode(byte[] png, long maxBytes) {
    return encode(png, maxBytes, Integer.MAX_VALUE);
  }

  /**
   * A picture whose longer side has at most so many pixels.
   *
   * @throws IllegalArgumentException when that is no picture
   */
  public static byte[] encode(byte[] png, long maxBytes, int maxSide) {
    try {
      BufferedImage image = read(png);
      int side = Math.max(image.getWidth(), image.getHeight());
      image = scaled(image, Math.min(1, (double) maxSide / side));
      while (true) {
        for (float quality : QUALITIES) {
          byte[] jpeg = write(image, quality);
          if (jpeg.length <= maxBytes || image.getWidth() * image.getHeight() == 1) {
            return jpeg;
          }
        }
        image = scaled(image, SMALLER);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("an array cannot fail", e);
    }
  }

  private static BufferedImage read(byte[] png) throws IOException {
    BufferedImage image = null;
    try {
      image = ImageIO.read(new ByteArrayInputStream(png));
    } catch (IOException e) { // ends as what no reader knows
      throw new IllegalArgumentException("not a picture", e);
    }
    if (image == null) {
      throw new IllegalArgumentException("not a picture");
    }
    return image;
  }

  /** JPEG has no transparency, and three bytes a pixel whatever came. */
  private static BufferedImage scaled(BufferedImage image, double factor) {
    if (factor == 1 && image.getType() == BufferedImage.TYPE_3BYTE_BGR) {
      return image;
    }
    int width = Math.max(1, (int) (image.getWidth() * factor));
    int height = Math.max(1, (int) (image.getHeight() * factor));
    BufferedImage target = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = target.createGraphics();
    try {
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
      graphics.drawImage(image, 0, 0, width, height, null);
    } finally {
      graphics.dispose();
    }
    return target;
  }

  private static byte[] write(BufferedImage image, float quality) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(quality);
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private JpegEncoder() {}
}

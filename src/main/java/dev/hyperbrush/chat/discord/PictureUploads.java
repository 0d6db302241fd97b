package dev.hyperbrush.chat.discord;

import dev.hyperbrush.image.JpegEncoder;
import dev.hyperbrush.store.Picture;
import dev.hyperbrush.store.PictureStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.dv8tion.jda.api.utils.FileUpload;

/** Makes files to upload of pictures: the originals where they fit, else JPEG. Thread-safe. */
final class PictureUploads {
  /** What Discord takes everywhere. */
  static final long USUAL_FILE = 10L << 20;

  /** Less than the 25 MiB of a request, as there are words in it too. */
  static final long REQUEST = (25L << 20) - (256L << 10);

  private final PictureStore store;

  PictureUploads(PictureStore store) {
    this.store = store;
  }

  /**
   * Files in the order of the pictures.
   *
   * @param form what became of them all
   */
  record Uploads(List<FileUpload> files, Form form) {}

  /** What pictures are sent as. */
  enum Form {
    /** As they are, with their settings inside. */
    ORIGINALS,
    /** As JPEG, though each alone could be sent as it is. */
    TOO_LARGE_TOGETHER,
    /** As JPEG, as some could not be sent as they are. */
    TOO_LARGE
  }

  /**
   * All of them in one request.
   *
   * @param largestFile bytes of one file
   * @throws dev.hyperbrush.generation.Refusal when a picture is not there any more
   */
  Uploads of(List<Picture> pictures, long largestFile) {
    long sum = pictures.stream().mapToLong(Picture::bytes).sum();
    boolean fit = pictures.stream().allMatch(picture -> picture.bytes() <= largestFile);
    Form form = fit ? Form.TOO_LARGE_TOGETHER : Form.TOO_LARGE;
    if (fit && sum <= REQUEST) {
      return new Uploads(pictures.stream().map(this::original).toList(), Form.ORIGINALS);
    }
    long each = Math.min(largestFile, REQUEST / pictures.size());
    return new Uploads(pictures.stream().map(picture -> smaller(picture, each)).toList(), form);
  }

  private FileUpload original(Picture picture) {
    Path file = store.file(picture);
    return FileUpload.fromStreamSupplier(name(picture, "png"), () -> open(file));
  }

  private FileUpload smaller(Picture picture, long largest) {
    try {
      byte[] jpeg = JpegEncoder.encode(Files.readAllBytes(store.file(picture)), largest);
      return FileUpload.fromStreamSupplier(
          name(picture, "jpg"), () -> new ByteArrayInputStream(jpeg));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opened when it is sent, and again when that is tried once more. */
  private static InputStream open(Path file) {
    try {
      return Files.newInputStream(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(Picture picture, String suffix) {
    return "hyperbrush-" + picture.jobId() + "-" + (picture.index() + 1) + "." + suffix;
  }
}

package dev.hyperbrush.queue;

import dev.hyperbrush.generation.RgbImage;
import dev.hyperbrush.store.EncodedPicture;
import dev.hyperbrush.store.Job;

/** Makes files of pictures. Implementations are thread-safe. */
public interface PictureEncoder {
  /**
   * The file that is kept, enlarged when the model says so. Equal pictures of equal requests give
   * equal bytes.
   *
   * @param index of the picture within the job
   */
  EncodedPicture encode(RgbImage image, Job job, int index);

  /** A forming picture as a PNG. Runs on the drawing thread, so speed comes before size. */
  byte[] encodePreview(RgbImage image);
}

package dev.hyperbrush.pipeline;

import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.tensor.Tensor;

/**
 * What SDXL is told about the size and cropping of the picture (arXiv 2307.01952, section 2.2). In
 * pixels; unlike a picture's own size these may be any number.
 */
public record MicroConditioning(
    int originalHeight,
    int originalWidth,
    int cropTop,
    int cropLeft,
    int targetHeight,
    int targetWidth) {
  /** An uncropped picture of this size. */
  public static MicroConditioning of(ImageSize size) {
    return new MicroConditioning(size.height(), size.width(), 0, 0, size.height(), size.width());
  }

  /** {@code [1, 6]}. */
  Tensor timeIds() {
    return new Tensor(
        new int[] {1, 6},
        new float[] {originalHeight, originalWidth, cropTop, cropLeft, targetHeight, targetWidth});
  }
}

package dev.hyperbrush.vae;

import dev.hyperbrush.tensor.Tensor;

/** Rectangles of tensors {@code [1, channels, height, width]}: cut out, put in, blended. */
final class Planes {

  /** Fills {@code tile} with what is at this place of {@code whole}. */
  static void cut(Tensor whole, int top, int left, Tensor tile) {
    for (int row = 0; row < rows(tile); row++) {
      int from = at(whole, row / tile.dim(2), top + row % tile.dim(2), left);
      System.arraycopy(whole.data(), from, tile.data(), row * tile.dim(3), tile.dim(3));
    }
  }

  /** Puts {@code tile} at this place of {@code whole}. */
  static void paste(Tensor tile, Tensor whole, int top, int left) {
    for (int row = 0; row < rows(tile); row++) {
      int to = at(whole, row / tile.dim(2), top + row % tile.dim(2), left);
      System.arraycopy(tile.data(), row * tile.dim(3), whole.data(), to, tile.dim(3));
    }
  }

  /** The last rows of {@code above} pass into the first ones of {@code tile}, which changes. */
  static void blendDown(Tensor above, Tensor tile, int overlap) {
    for (int channel = 0; channel < tile.dim(1); channel++) {
      for (int y = 0; y < overlap; y++) {
        float share = (float) y / overlap;
        int from = at(above, channel, above.dim(2) - overlap + y, 0);
        int to = at(tile, channel, y, 0);
        for (int x = 0; x < tile.dim(3); x++) {
          tile.data()[to + x] = above.data()[from + x] * (1 - share) + tile.data()[to + x] * share;
        }
      }
    }
  }

  /** The last columns of {@code before} pass into the first ones of {@code tile}, which changes. */
  static void blendRight(Tensor before, Tensor tile, int overlap) {
    for (int row = 0; row < rows(tile); row++) {
      int from = (row + 1) * before.dim(3) - overlap;
      int to = row * tile.dim(3);
      for (int x = 0; x < overlap; x++) {
        float share = (float) x / overlap;
        tile.data()[to + x] = before.data()[from + x] * (1 - share) + tile.data()[to + x] * share;
      }
    }
  }

  /** Rows of all channels. */
  private static int rows(Tensor tensor) {
    return tensor.dim(1) * tensor.dim(2);
  }

  private static int at(Tensor tensor, int channel, int y, int x) {
    return (channel * tensor.dim(2) + y) * tensor.dim(3) + x;
  }

  private Planes() {}
}

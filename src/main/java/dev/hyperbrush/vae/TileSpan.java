package dev.hyperbrush.vae;

/**
 * Overlapping tiles along one side, all of one length, as short as their number allows. Immutable.
 *
 * @param size of the side
 * @param length of each tile
 * @param count of tiles
 */
record TileSpan(int size, int length, int count) {

  /**
   * As few tiles as possible.
   *
   * @param longest a tile may be
   * @param overlap of neighbours, at least
   */
  static TileSpan over(int size, int longest, int overlap) {
    if (size <= longest) {
      return new TileSpan(size, size, 1);
    }
    int count = Math.ceilDiv(size - overlap, longest - overlap);
    return new TileSpan(size, Math.ceilDiv(size + (count - 1) * overlap, count), count);
  }

  /** Where tile {@code index} begins: evenly spread, the last one ends where the side ends. */
  int start(int index) {
    return count == 1 ? 0 : index * (size - length) / (count - 1);
  }

  /** What tile {@code index} shares with the one before it. */
  int overlap(int index) {
    return start(index - 1) + length - start(index);
  }
}

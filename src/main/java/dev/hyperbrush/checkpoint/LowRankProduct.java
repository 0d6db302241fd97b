package dev.hyperbrush.checkpoint;

/** The arithmetic of LoRA, on row-major 32-bit floats. Any thread. */
final class LowRankProduct {
  /**
   * {@code weight += factor * up @ down}.
   *
   * @param weight {@code [outputs, columns]}
   * @param up {@code [outputs, rank]}
   * @param down {@code [rank, columns]}
   */
  static void add(float[] weight, float factor, float[] up, float[] down, int rank) {
    int outputs = up.length / rank;
    int columns = weight.length / outputs;
    for (int row = 0; row < outputs; row++) {
      float[] sum = sum(up, row * rank, down, rank, columns);
      for (int i = 0; i < columns; i++) {
        weight[row * columns + i] += factor * sum[i];
      }
    }
  }

  /**
   * One matrix for a 1x1 convolution and the one with a larger kernel after it.
   *
   * @param mid {@code [rank, innerRank, kernel]}
   * @param down {@code [innerRank, inputs]}
   * @return {@code [rank, inputs * kernel]}
   */
  static float[] join(float[] mid, float[] down, int rank, int innerRank) {
    int inputs = down.length / innerRank;
    int kernel = mid.length / rank / innerRank;
    float[] joined = new float[rank * inputs * kernel];
    for (int r = 0; r < rank; r++) {
      for (int s = 0; s < innerRank; s++) {
        for (int i = 0; i < inputs; i++) {
          for (int k = 0; k < kernel; k++) {
            joined[(r * inputs + i) * kernel + k] +=
                mid[(r * innerRank + s) * kernel + k] * down[s * inputs + i];
          }
        }
      }
    }
    return joined;
  }

  /**
   * Rows for columns.
   *
   * @param matrix {@code [rows, columns]}
   */
  static float[] transposed(float[] matrix, int rows) {
    int columns = matrix.length / rows;
    float[] transposed = new float[matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      transposed[i % columns * rows + i / columns] = matrix[i];
    }
    return transposed;
  }

  /** A row of the product. Four ranks in one pass load and store the sum a quarter as often. */
  private static float[] sum(float[] up, int at, float[] down, int rank, int columns) {
    float[] sum = new float[columns];
    int r = 0;
    for (; r + 4 <= rank; r += 4) {
      addFour(sum, up, at + r, down, r * columns);
    }
    for (; r < rank; r++) {
      for (int i = 0; i < columns; i++) {
        sum[i] += up[at + r] * down[r * columns + i];
      }
    }
    return sum;
  }

  private static void addFour(float[] sum, float[] up, int at, float[] down, int first) {
    float a = up[at];
    float b = up[at + 1];
    float c = up[at + 2];
    float d = up[at + 3];
    int second = first + sum.length;
    int third = second + sum.length;
    int fourth = third + sum.length;
    for (int i = 0; i < sum.length; i++) {
      sum[i] +=
          a * down[first + i] + b * down[second + i] + c * down[third + i] + d * down[fourth + i];
    }
  }

  private LowRankProduct() {}
}

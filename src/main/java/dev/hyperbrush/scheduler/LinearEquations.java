package dev.hyperbrush.scheduler;

/** Small systems of linear equations. */
final class LinearEquations {
  /** Solves {@code matrix x = right} by elimination; both are used up. */
  static double[] solve(double[][] matrix, double[] right) {
    int size = right.length;
    for (int pivot = 0; pivot < size; pivot++) {
      swapLargestUp(matrix, right, pivot);
      for (int row = pivot + 1; row < size; row++) {
        double factor = matrix[row][pivot] / matrix[pivot][pivot];
        for (int column = pivot; column < size; column++) {
          matrix[row][column] -= factor * matrix[pivot][column];
        }
        right[row] -= factor * right[pivot];
      }
    }
    for (int row = size - 1; row >= 0; row--) {
      for (int column = row + 1; column < size; column++) {
        right[row] -= matrix[row][column] * right[column];
      }
      right[row] /= matrix[row][row];
    }
    return right;
  }

  private static void swapLargestUp(double[][] matrix, double[] right, int pivot) {
    int largest = pivot;
    for (int row = pivot + 1; row < right.length; row++) {
      if (Math.abs(matrix[row][pivot]) > Math.abs(matrix[largest][pivot])) {
        largest = row;
      }
    }
    double[] row = matrix[pivot];
    matrix[pivot] = matrix[largest];
    matrix[largest] = row;
    double value = right[pivot];
    right[pivot] = right[largest];
    right[largest] = value;
  }

  private LinearEquations() {}
}

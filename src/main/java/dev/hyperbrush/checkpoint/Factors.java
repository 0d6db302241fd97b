package dev.hyperbrush.checkpoint;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A matrix that LyCORIS stores as a product: {@code a @ b}, or around a kernel as a Tucker product,
 * where {@code a} lies transposed: {@code sum over i, j of a[i, out] kernel[i, j, ...] b[j, in]}.
 *
 * @param a {@code [out, rank]}; {@code [rank, out]} with a kernel
 * @param b {@code [rank, columns...]}; {@code [rank, in]} with a kernel
 * @param kernel {@code [rank, rank, kernel...]}
 */
record Factors(WeightTensor a, WeightTensor b, @Nullable WeightTensor kernel) {
  Factors {
    boolean fits = a.shape().size() == 2 && b.shape().size() >= 2;
    if (fits && kernel == null) {
      fits = a.shape().get(1).equals(b.shape().get(0));
    } else if (fits && kernel != null) {
      fits =
          kernel.shape().size() >= 2
              && b.shape().size() == 2
              && kernel.shape().get(0).equals(a.shape().get(0))
              && kernel.shape().get(1).equals(b.shape().get(0));
    }
    Shapes.requireFactors(fits, a, b, kernel);
  }

  int rank() {
    return Math.toIntExact(a.shape().get(kernel == null ? 1 : 0));
  }

  /** {@code [out, in, kernel...]}, or {@code [out, columns]}. */
  List<Long> shape() {
    List<Long> shape = Shapes.copy(kernel == null ? b : kernel);
    shape.set(0, a.shape().get(kernel == null ? 0 : 1));
    shape.set(1, b.shape().get(1));
    return shape;
  }

  /** The product, row-major. */
  float[] product() {
    float[] product = new float[Math.toIntExact(Shapes.elements(shape()))];
    float[] left = a.read().data();
    float[] right = b.read().data();
    if (kernel != null) {
      int inner = Math.toIntExact(kernel.shape().get(1));
      left = LowRankProduct.transposed(left, rank());
      right = LowRankProduct.join(kernel.read().data(), right, rank(), inner);
    }
    LowRankProduct.add(product, 1, left, right, rank());
    return product;
  }
}

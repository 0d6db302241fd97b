package dev.hyperbrush.checkpoint;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * LoRA (Hu et al. 2021, arXiv 2106.09685) and LoCon, its form for convolutions: {@code up @ down},
 * where a kernel counts as more input columns.
 *
 * @param down {@code [rank, in, kernel...]}
 * @param up {@code [out, rank]}
 * @param mid the kernel of a convolution between both, {@code [rank, rank, kernel...]}
 */
record LowRankDelta(WeightTensor down, WeightTensor up, @Nullable WeightTensor mid)
    implements LoraDelta {
  LowRankDelta {
    boolean fits = down.shape().size() >= 2 && Shapes.isMatrix(up);
    if (fits && mid == null) {
      fits = down.shape().get(0).equals(up.shape().get(1));
    } else if (fits && mid != null) {
      fits =
          mid.shape().size() >= 2
              && Shapes.isMatrix(down)
              && mid.shape().get(0).equals(up.shape().get(1))
              && mid.shape().get(1).equals(down.shape().get(0));
    }
    Shapes.requireFactors(fits, up, down, mid);
  }

  int rank() {
    return Math.toIntExact(up.shape().get(1));
  }

  @Override
  public List<Long> weightShape() {
    WeightTensor kernel = mid == null ? down : mid;
    List<Long> shape = new ArrayList<>(kernel.shape());
    shape.set(0, up.shape().get(0));
    shape.set(1, down.shape().get(1));
    return shape;
  }

  @Override
  public void addTo(float[] weight, float factor) {
    float[] downs = down.read().data();
    if (mid != null) {
      int innerRank = Math.toIntExact(mid.shape().get(1));
      downs = LowRankProduct.join(mid.read().data(), downs, rank(), innerRank);
    }
    LowRankProduct.add(weight, factor, up.read().data(), downs, rank());
  }
}

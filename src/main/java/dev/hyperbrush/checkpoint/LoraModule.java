package dev.hyperbrush.checkpoint;

import dev.hyperbrush.checkpoint.LoraKey.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a LoRA file holds for one layer (Hu et al. 2021, arXiv 2106.09685): the weight changes by
 * {@code scale * up @ down}, where a convolution's kernel counts as more input columns.
 *
 * <p>Immutable.
 *
 * @param scale alpha / rank
 * @param keys names of its tensors in the file
 */
record LoraModule(
    String name,
    WeightTensor down,
    WeightTensor up,
    @Nullable WeightTensor mid,
    double scale,
    List<String> keys) {
  /** Files in use have ranks up to 1,024; bounds what a kernel in the middle expands to. */
  private static final int MAX_RANK = 8192;

  /** Empty when a part is missing. Refused when the parts do not fit each other. */
  static Optional<LoraModule> of(
      String name, Map<Part, WeightTensor> parts, PeftAlphas peftAlphas) {
    WeightTensor down = parts.get(Part.DOWN);
    WeightTensor up = parts.get(Part.UP);
    if (down == null || up == null) {
      return Optional.empty();
    }
    WeightTensor mid = parts.get(Part.MID);
    checkRanks(down, up, mid);
    int rank = Math.toIntExact(up.shape().get(1));
    double scale =
        parts.containsKey(Part.ALPHA)
            ? number(parts.get(Part.ALPHA)) / rank
            : peftAlphas.scale(name, rank);
    return Optional.of(
        new LoraModule(
            name, down, up, mid, scale, parts.values().stream().map(WeightTensor::name).toList()));
  }

  /** The shape of the weight that this can be added to; 1x1 kernels may be left out. */
  List<Long> weightShape() {
    WeightTensor kernel = mid == null ? down : mid;
    List<Long> shape = new ArrayList<>(kernel.shape());
    shape.set(0, up.shape().get(0));
    shape.set(1, down.shape().get(1));
    return shape;
  }

  boolean fits(WeightTensor weight) {
    return withoutUnitKernel(weightShape()).equals(withoutUnitKernel(weight.shape()));
  }

  /** Adds {@code strength * scale * up @ down} to a weight of {@link #weightShape}. */
  void addTo(float[] weight, double strength) {
    float[] downs = down.read().data();
    int rank = Math.toIntExact(up.shape().get(1));
    if (mid != null) {
      int innerRank = Math.toIntExact(mid.shape().get(1));
      downs = LowRankProduct.join(mid.read().data(), downs, rank, innerRank);
    }
    float factor = (float) (strength * scale);
    LowRankProduct.add(weight, factor, up.read().data(), downs, rank);
  }

  private static void checkRanks(WeightTensor down, WeightTensor up, @Nullable WeightTensor mid) {
    boolean fits = down.shape().size() >= 2 && up.shape().size() >= 2 && isMatrix(up);
    if (fits && mid == null) {
      fits = down.shape().get(0).equals(up.shape().get(1));
    } else if (fits && mid != null) {
      fits =
          mid.shape().size() >= 2
              && isMatrix(down)
              && mid.shape().get(0).equals(up.shape().get(1))
              && mid.shape().get(1).equals(down.shape().get(0));
    }
    fits = fits && up.shape().get(1) <= MAX_RANK;
    if (!fits || up.length() == 0 || down.length() == 0 || (mid != null && mid.length() == 0)) {
      throw WeightFileProblem.brokenTensor(
          up.file(), up.name(), "of shape " + up.shape() + " does not fit its partners");
    }
  }

  private static double number(WeightTensor alpha) {
    boolean single = alpha.length() == alpha.dtype().bytes();
    double value = single ? alpha.read().data()[0] : Double.NaN;
    if (!Double.isFinite(value)) {
      throw WeightFileProblem.brokenTensor(alpha.file(), alpha.name(), "is not one number");
    }
    return value;
  }

  private static boolean isMatrix(WeightTensor tensor) {
    return withoutUnitKernel(tensor.shape()).size() == 2;
  }

  private static List<Long> withoutUnitKernel(List<Long> shape) {
    boolean unitKernel = shape.size() > 2 && shape.stream().skip(2).allMatch(size -> size == 1);
    return unitKernel ? shape.subList(0, 2) : shape;
  }
}

package dev.hyperbrush.checkpoint;

import dev.hyperbrush.checkpoint.FusionPlan.Contribution;
import dev.hyperbrush.tensor.Tensor;
import java.util.List;

/**
 * A weight of a model and what LoRAs add to it, in this order.
 *
 * <p>Immutable.
 */
record FusedLayer(WeightTensor base, List<Contribution> contributions) {
  FusedLayer {
    contributions = List.copyOf(contributions);
  }

  /** Reads the files and computes; on any thread. */
  Tensor fused() {
    Tensor weight = base.read();
    contributions.forEach(each -> each.module().addTo(weight.data(), base.shape(), each.weight()));
    return weight;
  }

  long elements() {
    return base.length() / base.dtype().bytes();
  }
}

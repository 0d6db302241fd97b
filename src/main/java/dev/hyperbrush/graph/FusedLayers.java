package dev.hyperbrush.graph;

import java.util.List;
import java.util.Set;

/**
 * Layers in one operator each where CUDA has a kernel for that and the CPU has none. Immutable.
 *
 * <p>Not run yet: no card was at hand. The kernels want the channels last, so that there is a
 * transposition on either side; ONNX Runtime takes out those that meet one around a convolution,
 * which it also writes with the channels last ({@code prefer_nhwc}).
 */
final class FusedLayers extends PortableLayers {
  /** Lengths that the kernel of BiasSplitGelu has code for; SDXL has the last two. */
  private static final Set<Integer> SPLIT_LENGTHS = Set.of(2560, 5120, 10240);

  @Override
  Feature groupNorm(Layers at, Feature x, GroupNorm norm) {
    return groupNorm(at, x, norm, 0);
  }

  @Override
  Feature groupNormSilu(Layers at, Feature x, GroupNorm norm) {
    return groupNorm(at, x, norm, 1);
  }

  private static Feature groupNorm(Layers at, Feature x, GroupNorm norm, int activation) {
    GraphBuilder graph = at.graph();
    Value scale = graph.floatWeight(at.path() + ".weight", x.channels());
    Value shift = graph.floatWeight(at.path() + ".bias", x.channels());
    Value y =
        graph.microsoft(
            at.path(),
            "GroupNorm",
            List.of(at.transpose(x.value(), 0, 2, 3, 1), scale, shift),
            Attribute.integer("groups", norm.groups()),
            Attribute.integer("activation", activation),
            Attribute.integer("channels_last", 1),
            Attribute.number("epsilon", norm.epsilon()));
    return x.with(at.transpose(y, 0, 3, 1, 2));
  }

  @Override
  Feature gatedGelu(Layers at, Feature product, Value bias) {
    if (!SPLIT_LENGTHS.contains(product.channels())) {
      return super.gatedGelu(at, product, bias);
    }
    Value y = at.graph().microsoft(at.path(), "BiasSplitGelu", List.of(product.value(), bias));
    return new Feature(y, product.channels() / 2);
  }
}

package dev.hyperbrush.graph;

import dev.hyperbrush.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * The layers for which providers differ, each in the one way that ONNX Runtime computes fastest on
 * the CPU and also knows on CUDA. Immutable.
 */
class PortableLayers {
  /** A product with the transpose of {@code matrix [out, in]}. */
  Value product(Layers at, Value x, Value matrix) {
    // Takes the weight as it lies in the file; MatMul would want a transposed copy.
    return at.graph()
        .microsoft(at.path(), "FusedMatMul", List.of(x, matrix), Attribute.integer("transB", 1));
  }

  /** A product with {@code matrix [in, out]}. */
  Value plainProduct(Layers at, Value x, Value matrix) {
    return at.graph().microsoft(at.path(), "FusedMatMul", List.of(x, matrix));
  }

  /** x * sigmoid(alpha * x). */
  Value sigmoidGelu(Layers at, Value x, float alpha) {
    return at.graph()
        .microsoft(at.path(), "QuickGelu", List.of(x), Attribute.number("alpha", alpha));
  }

  /**
   * Group normalization (arXiv 1803.08494), as instance normalization over rows that hold one group
   * each. ONNX's own operator has no kernel and becomes something several times slower.
   */
  Feature groupNorm(Layers at, Feature x, GroupNorm norm) {
    GraphBuilder graph = at.graph();
    int groups = norm.groups();
    Value ones = graph.constant("ones " + groups, filled(groups, 1));
    Value zeros = graph.constant("zeros " + groups, filled(groups, 0));
    Value y =
        at.node(
            "InstanceNormalization",
            List.of(at.reshape(x.value(), 0, groups, -1), ones, zeros),
            Attribute.number("epsilon", norm.epsilon()));
    int[] stored = {x.channels()};
    int[] perChannel = {x.channels(), 1, 1};
    Value scale = graph.weight(at.path() + ".weight", stored, perChannel);
    Value shift = graph.weight(at.path() + ".bias", stored, perChannel);
    return x.with(at.add(at.multiply(at.reshapeLike(y, x.value()), scale), shift));
  }

  /** Group normalization with SiLU behind it. */
  Feature groupNormSilu(Layers at, Feature x, GroupNorm norm) {
    return at.silu(groupNorm(at, x, norm));
  }

  /**
   * The first half times the GELU of the second (GEGLU, arXiv 2002.05202).
   *
   * @param product {@code [batch, tokens, 2 * inner]}, the bias not yet added
   */
  Feature gatedGelu(Layers at, Feature product, Value bias) {
    GraphBuilder graph = at.graph();
    List<Value> halves = graph.split(at.path(), at.add(product.value(), bias), -1, 2);
    Feature gate = at.gelu(new Feature(halves.getLast(), product.channels() / 2));
    return gate.with(at.multiply(halves.getFirst(), gate.value()));
  }

  /** Softmax attention; see {@link Layers#attention}. */
  Feature attention(Layers at, Attended in, int heads, Value bias) {
    Value none = Value.NONE;
    Value y =
        at.graph()
            .microsoft(
                at.path(),
                "MultiHeadAttention",
                List.of(in.query().value(), in.key().value(), in.value().value(), none, none, bias),
                Attribute.integer("num_heads", heads),
                Attribute.number("scale", in.scale(heads)));
    return in.query().with(y);
  }

  /** What attention works on, each {@code [batch, tokens, channels]}. */
  record Attended(Feature query, Feature key, Feature value) {
    /** 1 / sqrt(channels of a head). */
    float scale(int heads) {
      return (float) (1 / Math.sqrt((double) query.channels() / heads));
    }
  }

  private static Tensor filled(int length, float value) {
    float[] values = new float[length];
    Arrays.fill(values, value);
    return new Tensor(new int[] {length}, values);
  }
}

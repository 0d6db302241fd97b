package dev.hyperbrush.graph;

import java.util.List;

/**
 * Layers in operators of the ONNX standard alone, which is what TensorRT reads. Immutable.
 *
 * <p>TensorRT was not at hand: only that the networks compute the same was tried, on the CPU.
 */
final class StandardLayers extends PortableLayers {
  @Override
  Value product(Layers at, Value x, Value matrix) {
    return at.node("MatMul", List.of(x, at.transpose(matrix, 1, 0)));
  }

  @Override
  Value plainProduct(Layers at, Value x, Value matrix) {
    return at.node("MatMul", List.of(x, matrix));
  }

  @Override
  Value sigmoidGelu(Layers at, Value x, float alpha) {
    Value scaled = alpha == 1 ? x : at.multiply(x, at.graph().number(alpha));
    return at.multiply(x, at.node("Sigmoid", List.of(scaled)));
  }

  @Override
  Feature attention(Layers at, Attended in, int heads, Value bias) {
    Value scale = at.graph().number(in.scale(heads));
    Value query = at.multiply(split(at, in.query(), heads), scale);
    Value key = at.transpose(split(at, in.key(), heads), 0, 1, 3, 2);
    Value scores = at.node("MatMul", List.of(query, key));
    if (!bias.equals(Value.NONE)) {
      scores = at.add(scores, bias);
    }
    Value weights = at.node("Softmax", List.of(scores), Attribute.integer("axis", -1));
    Value mixed = at.node("MatMul", List.of(weights, split(at, in.value(), heads)));
    return in.query()
        .with(at.reshape(at.transpose(mixed, 0, 2, 1, 3), 0, 0, in.query().channels()));
  }

  /** {@code [batch, tokens, channels]} to {@code [batch, heads, tokens, channels / heads]}. */
  private static Value split(Layers at, Feature x, int heads) {
    int size = x.channels() / heads;
    return at.transpose(at.reshape(x.value(), 0, 0, heads, size), 0, 2, 1, 3);
  }
}

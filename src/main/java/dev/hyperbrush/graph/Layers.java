package dev.hyperbrush.graph;

import dev.hyperbrush.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * The layers that all networks are made of, at one place in the tree of modules: {@code
 * linear("to_q", ...)} at {@code mid_block.attentions.0} takes the weight {@code
 * mid_block.attentions.0.to_q.weight}.
 *
 * <p>Where there are several ways to write a layer down, the graph's {@link Dialect} decides.
 */
record Layers(GraphBuilder graph, String path) {

  /** The same, one module further down. */
  Layers in(String child) {
    return new Layers(graph, name(child));
  }

  Value node(String operator, List<Value> inputs, Attribute... attributes) {
    return graph.node(path, operator, inputs, attributes);
  }

  Value add(Value a, Value b) {
    return node("Add", List.of(a, b));
  }

  Value multiply(Value a, Value b) {
    return node("Mul", List.of(a, b));
  }

  Value reshape(Value value, long... shape) {
    return node("Reshape", List.of(value, graph.integers(shape)));
  }

  /** Reshapes to what another value has. */
  Value reshapeLike(Value value, Value other) {
    return node("Reshape", List.of(value, node("Shape", List.of(other))));
  }

  /** Lengths {@code from} (inclusive) to {@code to} (exclusive) of a value's shape. */
  Value lengths(Value value, int from, int to) {
    return node(
        "Shape", List.of(value), Attribute.integer("start", from), Attribute.integer("end", to));
  }

  /** Enlarges by repeating pixels. */
  Value resize(Value image, Value shape) {
    return resize(List.of(image, Value.NONE, Value.NONE, shape));
  }

  /** Doubles height and width by repeating pixels. */
  Value doubled(Value image) {
    Tensor factors = new Tensor(new int[] {4}, new float[] {1, 1, 2, 2});
    return resize(List.of(image, Value.NONE, graph.floats("doubled", factors)));
  }

  private Value resize(List<Value> inputs) {
    return node(
        "Resize",
        inputs,
        Attribute.text("mode", "nearest"),
        Attribute.text("coordinate_transformation_mode", "asymmetric"),
        Attribute.text("nearest_mode", "floor"));
  }

  Value transpose(Value value, long... permutation) {
    return node("Transpose", List.of(value), Attribute.integers("perm", permutation));
  }

  Value concat(int axis, Value... values) {
    return node("Concat", Arrays.asList(values), Attribute.integer("axis", axis));
  }

  /** {@code [..., in]} to {@code [..., out]} with a bias. */
  Feature linear(String child, Feature x, int out) {
    Value product = linearWithoutBias(child, x, out).value();
    Value bias = graph.weight(name(child) + ".bias", out);
    return new Feature(in(child).add(product, bias), out);
  }

  /**
   * {@code [..., in]} to {@code [..., out]}. The weight may also be stored as that of a convolution
   * of size 1, which computes the same.
   */
  Feature linearWithoutBias(String child, Feature x, int out) {
    String weight = name(child) + ".weight";
    int[] matrix = {out, x.channels()};
    if (graph.liesTransposed(weight)) {
      Value transposed = graph.transposedWeight(weight, matrix);
      return new Feature(graph.layers().plainProduct(in(child), x.value(), transposed), out);
    }
    int[] convolution = {out, x.channels(), 1, 1};
    int[] stored = graph.hasWeightOfShape(weight, convolution) ? convolution : matrix;
    Value product =
        graph.layers().product(in(child), x.value(), graph.weight(weight, stored, matrix));
    return new Feature(product, out);
  }

  /** A convolution that keeps height and width; the kernel size is odd. */
  Feature conv(String child, Feature x, int out, int kernel) {
    int pad = kernel / 2;
    return conv(child, x, out, kernel, 1, pad, pad);
  }

  /**
   * A square convolution.
   *
   * @param before padding at the top and left
   * @param after padding at the bottom and right
   */
  Feature conv(String child, Feature x, int out, int kernel, int stride, int before, int after) {
    Value bias = graph.weight(name(child) + ".bias", out);
    return conv(child, x, out, bias, kernel, stride, before, after);
  }

  /** A convolution of size 3 that has no bias and keeps, or with a stride divides, the sides. */
  Feature convWithoutBias(String child, Feature x, int out, int stride) {
    return conv(child, x, out, Value.NONE, 3, stride, 1, 1);
  }

  private Feature conv(
      String child, Feature x, int out, Value bias, int kernel, int stride, int before, int after) {
    Value weight = graph.weight(name(child) + ".weight", out, x.channels(), kernel, kernel);
    Value y =
        in(child)
            .node(
                "Conv",
                List.of(x.value(), weight, bias),
                Attribute.integers("kernel_shape", kernel, kernel),
                Attribute.integers("strides", stride, stride),
                Attribute.integers("pads", before, before, after, after));
    return new Feature(y, out);
  }

  /** Group normalization (arXiv 1803.08494). */
  Feature groupNorm(String child, Feature x, GroupNorm norm) {
    return graph.layers().groupNorm(in(child), x, norm);
  }

  /** Group normalization with SiLU behind it. */
  Feature groupNormSilu(String child, Feature x, GroupNorm norm) {
    return graph.layers().groupNormSilu(in(child), x, norm);
  }

  /** Layer normalization over the last axis (arXiv 1607.06450). */
  Feature layerNorm(String child, Feature x, float epsilon) {
    Value scale = graph.weight(name(child) + ".weight", x.channels());
    Value shift = graph.weight(name(child) + ".bias", x.channels());
    return x.with(
        in(child)
            .node(
                "LayerNormalization",
                List.of(x.value(), scale, shift),
                Attribute.integer("axis", -1),
                Attribute.number("epsilon", epsilon)));
  }

  /** x * sigmoid(x). */
  Feature silu(Feature x) {
    return sigmoidGelu(x, 1);
  }

  /** x * sigmoid(1.702 x), the cheap form of GELU (arXiv 1606.08415) that CLIP ViT-L has. */
  Feature quickGelu(Feature x) {
    return sigmoidGelu(x, 1.702f);
  }

  private Feature sigmoidGelu(Feature x, float alpha) {
    return x.with(graph.layers().sigmoidGelu(this, x.value(), alpha));
  }

  /** The exact GELU, with the error function. */
  Feature gelu(Feature x) {
    return x.with(node("Gelu", List.of(x.value())));
  }

  /**
   * Softmax attention; query, key and value are {@code [batch, tokens, channels]}.
   *
   * @param bias {@code [1, 1, queries, keys]}, added before the softmax, or {@link Value#NONE}
   */
  Feature attention(Feature query, Feature key, Feature value, int heads, Value bias) {
    return graph
        .layers()
        .attention(this, new PortableLayers.Attended(query, key, value), heads, bias);
  }

  /** A linear layer to twice {@code inner}, the first half times the GELU of the second. */
  Feature gatedGelu(String child, Feature x, int inner) {
    Feature product = linearWithoutBias(child, x, 2 * inner);
    Value bias = graph.weight(name(child) + ".bias", 2 * inner);
    return graph.layers().gatedGelu(in(child), product, bias);
  }

  /** {@code [batch, channels, height, width]} to {@code [batch, height * width, channels]}. */
  Feature toTokens(Feature x) {
    return x.with(transpose(reshape(x.value(), 0, x.channels(), -1), 0, 2, 1));
  }

  /** Undoes {@link #toTokens}, to the shape of {@code image}. */
  Feature toImage(Feature tokens, Feature image) {
    return image.with(reshapeLike(transpose(tokens.value(), 0, 2, 1), image.value()));
  }

  private String name(String child) {
    return path.isEmpty() ? child : path + "." + child;
  }
}

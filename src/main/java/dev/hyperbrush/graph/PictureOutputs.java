package dev.hyperbrush.graph;

import dev.hyperbrush.tensor.Tensor;
import java.util.List;

/**
 * What all decoders give: the picture as floats, as bytes, and its level. All in 32-bit floats,
 * since half precision cannot tell neighbouring bytes apart everywhere.
 *
 * @param root where no module is entered yet
 */
record PictureOutputs(GraphBuilder graph, Layers root) {

  /** Declares {@link VaeGraph}'s outputs of an image, {@code [batch, 3, height, width]}. */
  void declare(Feature decoded) {
    Value image = graph.inFloats(VaeGraph.IMAGE, decoded.value());
    Dim channels = Dim.of(decoded.channels());
    Dim height = Dim.any("image_height");
    Dim width = Dim.any("image_width");
    graph.output(VaeGraph.IMAGE, image, ElementType.FLOAT, Dim.BATCH, channels, height, width);
    graph.output(
        VaeGraph.PIXELS, pixels(image), ElementType.UINT8, Dim.BATCH, height, width, channels);
    Value level =
        root.in(VaeGraph.LEVEL)
            .node(
                "ReduceMean",
                List.of(image, graph.integers(1, 2, 3)),
                Attribute.integer("keepdims", 0));
    graph.output(VaeGraph.LEVEL, level, ElementType.FLOAT, Dim.BATCH);
  }

  /** round(clamp(x / 2 + 0.5) * 255), the channels last, as diffusers does. */
  private Value pixels(Value image) {
    Layers at = root.in(VaeGraph.PIXELS);
    Value half = number(0.5f);
    Value x = at.add(at.multiply(image, half), half);
    x = at.multiply(at.node("Clip", List.of(x, number(0), number(1))), number(255));
    x = graph.cast(VaeGraph.PIXELS, at.node("Round", List.of(x)), ElementType.UINT8);
    return at.transpose(x, 0, 2, 3, 1);
  }

  private Value number(float value) {
    return graph.floats("picture " + value, new Tensor(new int[0], new float[] {value}));
  }
}

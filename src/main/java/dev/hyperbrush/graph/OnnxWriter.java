package dev.hyperbrush.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Writes a {@code ModelProto} of onnx.proto: nodes, initializers, inputs and outputs, in any order.
 *
 * <p>Owned by one thread.
 */
final class OnnxWriter {
  /** Kernels of the contributed operators, such as MultiHeadAttention. */
  static final String MICROSOFT = "com.microsoft";

  private static final int IR_VERSION = 10;
  private static final int OPSET = 21;
  private static final int MICROSOFT_OPSET = 1;

  private static final int GRAPH_NODE = 1;
  private static final int GRAPH_NAME = 2;
  private static final int GRAPH_INITIALIZER = 5;
  private static final int GRAPH_INPUT = 11;
  private static final int GRAPH_OUTPUT = 12;

  private static final int TENSOR_DIMS = 1;
  private static final int TENSOR_TYPE = 2;
  private static final int TENSOR_NAME = 8;
  private static final int TENSOR_RAW_DATA = 9;
  private static final int TENSOR_EXTERNAL_DATA = 13;
  private static final int TENSOR_DATA_LOCATION = 14;
  private static final int EXTERNAL = 1;

  private final ProtoWriter graph = new ProtoWriter();

  OnnxWriter(String name) {
    graph.text(GRAPH_NAME, name);
  }

  void node(
      String domain,
      String operator,
      String name,
      List<Value> inputs,
      List<Value> outputs,
      Attribute... attributes) {
    ProtoWriter node = new ProtoWriter();
    inputs.forEach(input -> node.text(1, input.name()));
    outputs.forEach(output -> node.text(2, output.name()));
    node.text(3, name).text(4, operator).text(7, domain);
    for (Attribute attribute : attributes) {
      node.message(5, attribute.encoded());
    }
    graph.message(GRAPH_NODE, node);
  }

  /** An initializer whose values lie in another file. */
  void external(
      String name, ElementType type, long[] shape, String location, long offset, long length) {
    ProtoWriter tensor = tensor(name, type, shape);
    tensor.message(TENSOR_EXTERNAL_DATA, entry("location", location));
    tensor.message(TENSOR_EXTERNAL_DATA, entry("offset", Long.toString(offset)));
    tensor.message(TENSOR_EXTERNAL_DATA, entry("length", Long.toString(length)));
    tensor.integer(TENSOR_DATA_LOCATION, EXTERNAL);
    graph.message(GRAPH_INITIALIZER, tensor);
  }

  void initializer(String name, long[] shape, float... values) {
    byte[] raw = new byte[values.length * Float.BYTES];
    littleEndian(raw).asFloatBuffer().put(values);
    initializer(tensor(name, ElementType.FLOAT, shape), raw);
  }

  void initializer(String name, long[] shape, long... values) {
    byte[] raw = new byte[values.length * Long.BYTES];
    littleEndian(raw).asLongBuffer().put(values);
    initializer(tensor(name, ElementType.INT64, shape), raw);
  }

  private void initializer(ProtoWriter tensor, byte[] raw) {
    graph.message(GRAPH_INITIALIZER, tensor.bytes(TENSOR_RAW_DATA, raw));
  }

  void input(String name, ElementType type, Dim... shape) {
    graph.message(GRAPH_INPUT, valueInfo(name, type, shape));
  }

  void output(String name, ElementType type, Dim... shape) {
    graph.message(GRAPH_OUTPUT, valueInfo(name, type, shape));
  }

  byte[] toModel() {
    return new ProtoWriter()
        .integer(1, IR_VERSION)
        .text(2, "hyperbrush")
        .message(7, graph)
        .message(8, new ProtoWriter().text(1, "").integer(2, OPSET))
        .message(8, new ProtoWriter().text(1, MICROSOFT).integer(2, MICROSOFT_OPSET))
        .toByteArray();
  }

  private static ProtoWriter tensor(String name, ElementType type, long[] shape) {
    ProtoWriter tensor = new ProtoWriter();
    for (long dimension : shape) {
      tensor.integer(TENSOR_DIMS, dimension);
    }
    return tensor.integer(TENSOR_TYPE, type.number()).text(TENSOR_NAME, name);
  }

  private static ProtoWriter entry(String key, String value) {
    return new ProtoWriter().text(1, key).text(2, value);
  }

  private static ProtoWriter valueInfo(String name, ElementType type, Dim... dims) {
    ProtoWriter shape = new ProtoWriter();
    for (Dim dim : dims) {
      ProtoWriter axis = new ProtoWriter();
      shape.message(
          1, dim.name().isEmpty() ? axis.integer(1, dim.length()) : axis.text(2, dim.name()));
    }
    ProtoWriter tensorType = new ProtoWriter().integer(1, type.number()).message(2, shape);
    return new ProtoWriter().text(1, name).message(2, new ProtoWriter().message(1, tensorType));
  }

  private static ByteBuffer littleEndian(byte[] raw) {
    return ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
  }
}

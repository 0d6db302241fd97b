package dev.hyperbrush.graph;

import dev.hyperbrush.checkpoint.WeightTensor;
import dev.hyperbrush.checkpoint.Weights;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.onnx.OnnxModel;
import dev.hyperbrush.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A graph under construction, in one {@link Dialect}. Weights of another type than that computes in
 * are cast, which ONNX Runtime does once, while loading.
 *
 * <p>Owned by one thread.
 */
final class GraphBuilder {
  private final Weights weights;
  private final OnnxWriter writer;
  private final ElementType type;
  private final PortableLayers layers;
  private final Map<String, Value> declared = new HashMap<>();
  private int nodes;

  /** In 32-bit floats, with operators for every provider. */
  GraphBuilder(Weights weights) {
    this(weights, Dialect.PORTABLE);
  }

  GraphBuilder(Weights weights, Dialect dialect) {
    this.weights = weights;
    this.type = dialect.precision().type();
    this.layers = dialect.kernels().layers();
    this.writer = new OnnxWriter(weights.component());
  }

  /** How the dialect writes down layers. */
  PortableLayers layers() {
    return layers;
  }

  OnnxModel build() {
    return new OnnxModel(weights.component(), writer.toModel(), weights.folder());
  }

  Value input(String name, ElementType type, Dim... shape) {
    writer.input(name, type, shape);
    return new Value(name);
  }

  /** Makes a value fetchable under {@code name}. */
  void output(String name, Value value, ElementType type, Dim... shape) {
    writer.node("", "Identity", name, List.of(value), List.of(new Value(name)));
    writer.output(name, type, shape);
  }

  /** Adds a node with one output. The path says where in the model, for messages and profiles. */
  Value node(String path, String operator, List<Value> inputs, Attribute... attributes) {
    return node("", path, operator, inputs, 1, attributes).getFirst();
  }

  /** As {@link #node}, of ONNX Runtime's own operators. */
  Value microsoft(String path, String operator, List<Value> inputs, Attribute... attributes) {
    return node(OnnxWriter.MICROSOFT, path, operator, inputs, 1, attributes).getFirst();
  }

  /** Cuts a value into equal parts along its axis {@code axis}. */
  List<Value> split(String path, Value value, int axis, int parts) {
    return node(
        "",
        path,
        "Split",
        List.of(value),
        parts,
        Attribute.integer("axis", axis),
        Attribute.integer("num_outputs", parts));
  }

  private List<Value> node(
      String domain,
      String path,
      String operator,
      List<Value> inputs,
      int outputs,
      Attribute... attributes) {
    String name = path + "/" + operator + "_" + nodes++;
    List<Value> values =
        IntStream.range(0, outputs).mapToObj(i -> new Value(name + ":" + i)).toList();
    writer.node(domain, operator, name, inputs, values, attributes);
    return values;
  }

  /** A constant list of integers, as shapes and axes are given. */
  Value integers(long... values) {
    return declared.computeIfAbsent(
        "integers" + Arrays.toString(values),
        name -> {
          writer.initializer(name, new long[] {values.length}, values);
          return new Value(name);
        });
  }

  /** A constant number in the graph's precision. */
  Value number(float value) {
    return constant("number " + value, new Tensor(new int[0], new float[] {value}));
  }

  /** A constant tensor in the graph's precision; the same name is the same constant. */
  Value constant(String name, Tensor tensor) {
    String key = name + " computed with";
    Value known = declared.get(key);
    if (known != null) {
      return known;
    }
    Value constant = computed(name, floats(name, tensor));
    declared.put(key, constant);
    return constant;
  }

  /** A constant tensor in 32-bit floats, whatever the graph computes in. */
  Value floats(String name, Tensor tensor) {
    return declared.computeIfAbsent(
        name,
        key -> {
          writer.initializer(key, longs(tensor.shape()), tensor.data());
          return new Value(key);
        });
  }

  boolean hasWeightOfShape(String name, int... shape) {
    return weights.find(name).filter(tensor -> tensor.hasShape(shape)).isPresent();
  }

  /** A weight in the graph's precision. */
  Value weight(String name, int... shape) {
    return weight(name, shape, shape);
  }

  /**
   * A weight in the graph's precision, seen in another shape of as many values.
   *
   * @param stored its shape in the file; another one there is refused
   */
  Value weight(String name, int[] stored, int[] seen) {
    String key = name + " computed with " + Arrays.toString(seen);
    Value known = declared.get(key);
    if (known != null) {
      return known;
    }
    Value weight = toComputed(name, rawWeight(name, stored, seen));
    declared.put(key, weight);
    return weight;
  }

  /** A weight in 32-bit floats, whatever the graph computes in. */
  Value floatWeight(String name, int... shape) {
    if (type == ElementType.FLOAT) {
      return weight(name, shape);
    }
    String key = name + " in 32 bits";
    Value known = declared.get(key);
    if (known != null) {
      return known;
    }
    Value raw = rawWeight(name, shape);
    Value weight = storedType(name) == ElementType.FLOAT ? raw : cast(name, raw, ElementType.FLOAT);
    declared.put(key, weight);
    return weight;
  }

  /** A weight in the type that it has in its file. */
  Value rawWeight(String name, int... shape) {
    return rawWeight(name, shape, shape);
  }

  private Value rawWeight(String name, int[] stored, int[] seen) {
    if (liesTransposed(name)) {
      Value columnsFirst = rawTransposed(name, stored);
      return node(name, "Transpose", List.of(columnsFirst), Attribute.integers("perm", 1, 0));
    }
    return declared.computeIfAbsent(
        name + Arrays.toString(seen),
        key -> {
          declare(key, require(name, stored), seen);
          return new Value(key);
        });
  }

  /** Whether the file holds the transpose of this matrix. */
  boolean liesTransposed(String name) {
    return weights.find(name).filter(WeightTensor::transposed).isPresent();
  }

  /**
   * A matrix in the graph's precision as it {@link #liesTransposed}: {@code [columns, rows]}.
   *
   * @param shape of the matrix, {@code [rows, columns]}
   */
  Value transposedWeight(String name, int... shape) {
    return toComputed(name, rawTransposed(name, shape));
  }

  private Value rawTransposed(String name, int[] shape) {
    return declared.computeIfAbsent(
        name + " transposed",
        key -> {
          declare(key, require(name, shape), new int[] {shape[1], shape[0]});
          return new Value(key);
        });
  }

  Value cast(String path, Value value, ElementType type) {
    return node(path, "Cast", List.of(value), Attribute.integer("to", type.number()));
  }

  /** Casts what was taken from the raw weight {@code name}, where that is of another type. */
  Value toComputed(String name, Value raw) {
    return storedType(name) == type ? raw : cast(name, raw, type);
  }

  private ElementType storedType(String name) {
    return ElementType.of(weights.get(name));
  }

  /** A 32-bit input in the graph's precision. */
  Value computed(String path, Value floats) {
    return type == ElementType.FLOAT ? floats : cast(path, floats, type);
  }

  /** A computed value in 32-bit floats. */
  Value inFloats(String path, Value computed) {
    return type == ElementType.FLOAT ? computed : cast(path, computed, ElementType.FLOAT);
  }

  private WeightTensor require(String name, int[] shape) {
    WeightTensor tensor = weights.get(name);
    if (!tensor.hasShape(shape)) {
      throw new Refusal(
          ReasonCode.WEIGHT_SHAPE_WRONG,
          weights.component(),
          name,
          tensor.shape(),
          Arrays.toString(shape));
    }
    return tensor;
  }

  private void declare(String key, WeightTensor tensor, int[] shape) {
    writer.external(
        key,
        ElementType.of(tensor),
        longs(shape),
        weights.location(tensor),
        tensor.offset(),
        tensor.length());
  }

  private static long[] longs(int[] values) {
    return Arrays.stream(values).asLongStream().toArray();
  }
}

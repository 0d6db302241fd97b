package dev.hyperbrush.pipeline;

import static dev.hyperbrush.pipeline.Proto.integer;
import static dev.hyperbrush.pipeline.Proto.message;
import static dev.hyperbrush.pipeline.Proto.text;

import dev.hyperbrush.pipeline.Proto.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One of our graphs with the inputs and outputs that an export has, of other names and types: each
 * is cast from or to what the graph inside has. Owned by one thread.
 */
final class ExportedGraph {
  /** Types as {@code TensorProto.DataType} numbers them. */
  static final int FLOAT = 1;

  static final int INT32 = 6;
  static final int INT64 = 7;
  static final int FLOAT16 = 10;

  // Fields of ModelProto, GraphProto and NodeProto.
  private static final int GRAPH = 7;
  private static final int NODE = 1;
  private static final int GRAPH_INPUT = 11;
  private static final int GRAPH_OUTPUT = 12;

  private final Proto model;
  private final Proto graph;
  private final Set<String> renamed;
  private final List<Field> before = new ArrayList<>();
  private final List<Field> after = new ArrayList<>();
  private final List<Field> ports = new ArrayList<>();

  ExportedGraph(byte[] bytes) {
    model = Proto.parse(bytes);
    graph = model.all(GRAPH).findFirst().orElseThrow().message();
    renamed =
        Stream.concat(graph.all(GRAPH_INPUT), graph.all(GRAPH_OUTPUT))
            .map(port -> port.message().all(1).findFirst().orElseThrow().text())
            .collect(Collectors.toSet());
  }

  /** An input of {@code rank} axes, which becomes {@code inner} as a type of the graph. */
  ExportedGraph input(String name, int type, int rank, String inner, int innerType) {
    ports.add(port(GRAPH_INPUT, name, type, rank));
    before.add(cast(name, own(inner), innerType));
    return this;
  }

  /** An input of one number, which becomes {@code inner}, a list of one float. */
  ExportedGraph number(String name, int type, String inner) {
    ports.add(port(GRAPH_INPUT, name, type, 0));
    before.add(cast(name, "number", FLOAT));
    Proto ints =
        Proto.of(text(1, "value_ints"), integer(8, 1), integer(20, 7)); // AttributeProto.INTS
    before.add(node("Constant", List.of(), "shape of a list", ints));
    before.add(node("Reshape", List.of("number", "shape of a list"), own(inner)));
    return this;
  }

  /** No input of that name: zeros of this shape go in. */
  ExportedGraph zeros(String inner, int rows, int columns) {
    Proto ints =
        Proto.of(
            text(1, "value_ints"), integer(8, rows), integer(8, columns), integer(20, 7)); // INTS
    before.add(node("Constant", List.of(), "shape of zeros", ints));
    before.add(node("ConstantOfShape", List.of("shape of zeros"), own(inner)));
    return this;
  }

  ExportedGraph output(String name, int type, int rank, String inner) {
    ports.add(port(GRAPH_OUTPUT, name, type, rank));
    after.add(cast(own(inner), name, type));
    return this;
  }

  /** Two outputs of the graph as one, side by side along the channels. */
  ExportedGraph joinedOutput(String name, int type, String first, String second) {
    ports.add(port(GRAPH_OUTPUT, name, type, 4));
    Proto axis = Proto.of(text(1, "axis"), integer(3, 1), integer(20, 2));
    after.add(node("Concat", List.of(own(first), own(second)), "joined", axis));
    after.add(cast("joined", name, type));
    return this;
  }

  byte[] bytes() {
    Proto inside =
        graph.without(field -> field.number() == GRAPH_INPUT || field.number() == GRAPH_OUTPUT);
    Proto renamedInside =
        new Proto(
            inside.fields().stream()
                .map(field -> field.number() == NODE ? renamed(field) : field)
                .toList());
    Proto whole =
        Proto.merged(new Proto(before), renamedInside, new Proto(after), new Proto(ports));
    return Proto.merged(
            model.without(field -> field.number() == GRAPH), Proto.of(message(GRAPH, whole)))
        .bytes();
  }

  private Field renamed(Field node) {
    return message(
        NODE,
        new Proto(
            node.message().fields().stream()
                .map(field ->
                    field.number() <= 2 && renamed.contains(field.text())
                        ? text(field.number(), own(field.text()))
                        : field)
                .toList()));
  }

  private static String own(String name) {
    return "own " + name;
  }

  private static Field cast(String from, String to, int type) {
    return node(
        "Cast", List.of(from), to, Proto.of(text(1, "to"), integer(3, type), integer(20, 2)));
  }

  private static Field node(
      String operator, List<String> inputs, String output, Proto... attributes) {
    List<Field> fields = new ArrayList<>();
    inputs.forEach(input -> fields.add(text(1, input)));
    fields.add(text(2, output));
    fields.add(text(4, operator));
    Stream.of(attributes).forEach(attribute -> fields.add(message(5, attribute)));
    return message(NODE, new Proto(fields));
  }

  private static Field port(int kind, String name, int type, int rank) {
    List<Field> axes = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      axes.add(message(1, Proto.of(text(2, name + " axis " + i))));
    }
    Proto tensor = Proto.of(integer(1, type), message(2, new Proto(axes)));
    return message(kind, Proto.of(text(1, name), message(2, Proto.of(message(1, tensor)))));
  }
}

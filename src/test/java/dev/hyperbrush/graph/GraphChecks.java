package dev.hyperbrush.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What makes a graph valid: names are defined once and before they are used, nothing is left over,
 * domains are declared, and operators get elements of the types that they take.
 */
final class GraphChecks {
  private static final int FLOAT = ElementType.FLOAT.number();
  private static final int HALF = ElementType.FLOAT16.number();
  private static final int INT64 = ElementType.INT64.number();
  private static final int BOOL = 9;

  /** Operators of which all inputs, and the output, are of one type. */
  private static final Set<String> UNIFORM =
      Set.of(
          "Add",
          "Sub",
          "Mul",
          "Max",
          "Div",
          "Concat",
          "Conv",
          "InstanceNormalization",
          "LayerNormalization",
          "FusedMatMul",
          "MatMul",
          "MultiHeadAttention",
          "QuickGelu",
          "BiasSplitGelu",
          "Gelu",
          "Sigmoid",
          "Softmax",
          "Sin",
          "Cos",
          "Clip",
          "Round",
          "Split",
          "Identity");

  /** Operators of which the output has the type of the first input. */
  private static final Set<String> LIKE_FIRST =
      Set.of("Reshape", "Transpose", "Unsqueeze", "Gather", "GatherND", "Resize", "ReduceMean");

  private static final Set<String> COMPUTED =
      Set.of("Conv", "FusedMatMul", "MatMul", "MultiHeadAttention", "LayerNormalization");

  private final OnnxReader graph;
  private final Map<String, Integer> types = new HashMap<>();
  private final Set<String> used = new HashSet<>();

  private GraphChecks(OnnxReader graph) {
    this.graph = graph;
    types.putAll(graph.inputs());
    types.putAll(graph.initializers());
  }

  static void check(OnnxReader graph) {
    new GraphChecks(graph).check();
  }

  private void check() {
    assertThat(types).hasSize(graph.inputs().size() + graph.initializers().size());
    assertThat(graph.opsets()).containsEntry("", 21L);
    graph.nodes().forEach(this::check);
    graph
        .outputs()
        .forEach((name, type) -> assertThat(types).as("output").containsEntry(name, type));
    used.addAll(graph.outputs().keySet());
    assertThat(used).as("nothing is left over").containsAll(types.keySet());
    assertThat(
            graph.nodes().stream()
                .filter(node -> COMPUTED.contains(node.operator()))
                .map(node -> types.get(node.out().getFirst()))
                .distinct())
        .as("one precision")
        .hasSize(1);
  }

  private void check(OnnxReader.Node node) {
    assertThat(graph.opsets()).as(node.name()).containsKey(node.domain());
    List<Integer> in =
        node.in().stream().filter(name -> !name.isEmpty()).map(name -> type(node, name)).toList();
    int out = outType(node, in);
    for (String name : node.out()) {
      assertThat(types.put(name, out)).as("%s is defined twice", name).isNull();
    }
  }

  private int type(OnnxReader.Node node, String name) {
    assertThat(types).as("%s uses %s before it is there", node.name(), name).containsKey(name);
    used.add(name);
    return Objects.requireNonNull(types.get(name));
  }

  private static int outType(OnnxReader.Node node, List<Integer> in) {
    if (UNIFORM.contains(node.operator())) {
      assertThat(in.stream().distinct()).as("types of %s", node).hasSize(1);
      return in.getFirst();
    }
    if (LIKE_FIRST.contains(node.operator())) {
      return in.getFirst();
    }
    return switch (node.operator()) {
      case "Cast" -> node.to();
      case "Shape", "ArgMax" -> INT64;
      case "Equal", "Less" -> BOOL;
      case "Where" -> {
        assertThat(in.getFirst()).as("%s", node).isEqualTo(BOOL);
        assertThat(in.get(1)).as("%s", node).isEqualTo(in.get(2));
        yield in.get(1);
      }
      case "GroupNorm" -> {
        assertThat(in.subList(1, in.size())).as("%s", node).containsOnly(FLOAT);
        assertThat(Stream.of(FLOAT, HALF)).contains(in.getFirst());
        yield in.getFirst();
      }
      default -> throw new AssertionError("no rule for " + node);
    };
  }
}

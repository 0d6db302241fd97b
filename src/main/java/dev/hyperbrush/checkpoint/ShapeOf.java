package dev.hyperbrush.checkpoint;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;

/** Counts the modules of a network and measures its tensors. Immutable. */
final class ShapeOf {
  private final Weights weights;
  private final Set<String> modules = new HashSet<>();

  /**
   * @param weights under the names of diffusers or transformers
   */
  ShapeOf(Weights weights) {
    this.weights = weights;
    for (String name : weights.names()) {
      for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
        modules.add(name.substring(0, dot));
      }
    }
  }

  /** All modules, at every depth. */
  Set<String> modules() {
    return modules;
  }

  boolean has(String module) {
    return modules.contains(module);
  }

  /** How many children a module has that are called 0, 1, 2 and so on. */
  int count(String module) {
    return (int) IntStream.iterate(0, i -> i + 1).takeWhile(i -> has(module + "." + i)).count();
  }

  /**
   * The length of one axis of a tensor.
   *
   * @throws dev.hyperbrush.generation.Refusal when there is no such tensor or axis
   */
  long size(String name, int axis) {
    WeightTensor tensor = weights.get(name);
    if (tensor.shape().size() <= axis) {
      throw WeightFileProblem.brokenTensor(
          tensor.file(), tensor.name(), "has the impossible shape " + tensor.shape());
    }
    return tensor.shape().get(axis);
  }
}

package dev.hyperbrush.onnx;

import java.nio.file.Path;
import java.util.Set;

/**
 * A graph that somebody else has built, in a file of its own; external data lies beside it.
 *
 * <p>Immutable.
 *
 * @param name for messages, such as {@code unet}
 * @param path real, no link
 * @param inputs all that it may want
 * @param outputs what it has to give
 */
public record OnnxFile(String name, Path path, Set<String> inputs, Set<String> outputs) {
  public OnnxFile {
    inputs = Set.copyOf(inputs);
    outputs = Set.copyOf(outputs);
  }
}

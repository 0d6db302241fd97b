package dev.hyperbrush.pipeline;

import dev.hyperbrush.onnx.OnnxSettings;
import java.nio.file.Path;

/**
 * What loading models may use of the machine.
 *
 * <p>Immutable.
 *
 * @param cache a folder for what can be computed again; made when it is first needed
 * @param budget for the weights of networks that are open
 * @param keptBytes of the disk for optimised graphs; 0 for none
 */
public record Resources(OnnxSettings onnx, Path cache, MemoryBudget budget, long keptBytes) {
  /** One model at a time, and nothing kept. */
  public Resources(OnnxSettings onnx, Path cache) {
    this(onnx, cache, MemoryBudget.oneModel(), 0);
  }
}

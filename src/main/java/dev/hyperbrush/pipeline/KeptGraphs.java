package dev.hyperbrush.pipeline;

import dev.hyperbrush.checkpoint.Component;
import dev.hyperbrush.checkpoint.Weights;
import dev.hyperbrush.onnx.GraphCache;
import dev.hyperbrush.onnx.KeptGraph;
import dev.hyperbrush.onnx.OnnxSettings;
import java.nio.file.Path;
import java.time.Clock;

/**
 * Decides of which networks optimised graphs are kept: of large ones. Those with LoRAs fused in
 * only from the second time on, since most combinations are wanted once. Immutable.
 */
final class KeptGraphs {
  /** What is smaller loads in a second anyway. */
  private static final long WORTH_KEEPING = 256L << 20;

  private final OnnxSettings onnx;
  private final Path computed;
  private final GraphCache cache;
  private final boolean any;
  private final MemoryBudget budget;
  private final Runnable makeRoom;

  /**
   * @param makeRoom closes what is open, before a copy is made
   */
  KeptGraphs(Resources resources, Runnable makeRoom) {
    this.makeRoom = makeRoom;
    this.budget = resources.budget();
    this.onnx = resources.onnx();
    this.computed = resources.cache().toAbsolutePath();
    this.any = resources.keptBytes() > 0;
    this.cache =
        new GraphCache(computed.resolve("optimised"), resources.keptBytes(), Clock.systemUTC());
  }

  /** How to open a session over these weights. */
  OnnxSettings settings(Component component) {
    Weights weights = component.weights();
    long bytes = weights.elements() * Float.BYTES;
    if (!any || onnx.provider().onCard() || bytes < WORTH_KEEPING) {
      return onnx;
    }
    boolean published = weights.files().stream().noneMatch(file -> file.startsWith(computed));
    boolean atOnce = published || !budget.holds(2 * bytes);
    return onnx.keeping(new KeptGraph(cache, weights.stamp(), bytes, atOnce, makeRoom));
  }
}

package dev.hyperbrush.vae;

import dev.hyperbrush.checkpoint.Component;
import dev.hyperbrush.graph.Precision;
import dev.hyperbrush.graph.VaeGraph;
import dev.hyperbrush.onnx.ExecutionProvider;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which VAEs compute in half precision: on a card those that are said to bear it, until one of them
 * was seen to fail. The processor computes in 32 bits anyway. Thread-safe.
 */
public final class HalfPrecision {
  private final Set<Path> overflowed = ConcurrentHashMap.newKeySet();

  Precision of(Component vae, ExecutionProvider provider) {
    boolean half = provider.onCard() && VaeGraph.isHalfSafe(vae) && !overflowed.contains(file(vae));
    return half ? Precision.HALF : Precision.FLOAT;
  }

  /** From now on this VAE computes in 32 bits. */
  void hasOverflowed(Component vae) {
    overflowed.add(file(vae));
  }

  /** A file that tells this VAE from others. */
  static Path file(Component vae) {
    return vae.weights().get("decoder.conv_in.weight").file();
  }
}

package dev.hyperbrush.graph;

import dev.hyperbrush.onnx.OnnxSettings;

/**
 * How a graph is written down for what computes it: the same network in other numbers and with
 * other operators. Immutable.
 *
 * @param precision what is computed in
 * @param kernels the operators of those layers for which providers differ
 */
public record Dialect(Precision precision, Kernels kernels) {
  /** In 32 bits, with operators that the CPU and CUDA both have kernels for. */
  public static final Dialect PORTABLE = new Dialect(Precision.FLOAT, Kernels.PORTABLE);

  /** The same in 16 bits, for cards. */
  public static final Dialect HALF = new Dialect(Precision.HALF, Kernels.PORTABLE);

  /** In 16 bits, with operators that CUDA alone has kernels for. */
  public static final Dialect FUSED = new Dialect(Precision.HALF, Kernels.FUSED);

  /**
   * In 16 bits, with operators of the ONNX standard alone. Never for the CPU, whose product of
   * matrices in 16 bits is several hundred times slower than in 32.
   */
  public static final Dialect STANDARD = new Dialect(Precision.HALF, Kernels.STANDARD);

  /** For a provider that is {@link OnnxSettings#usable}. */
  public static Dialect of(OnnxSettings settings) {
    return switch (settings.provider()) {
      case CPU -> PORTABLE;
      case CUDA -> settings.cuda().fused() ? FUSED : HALF;
      case TENSORRT -> STANDARD; // others are left to CUDA, which cuts the graph into pieces
    };
  }

  /** The same in another precision. */
  public Dialect in(Precision other) {
    return new Dialect(other, kernels);
  }
}

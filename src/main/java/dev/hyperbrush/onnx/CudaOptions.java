package dev.hyperbrush.onnx;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the CUDA provider works. Immutable.
 *
 * @param memoryLimit bytes that sessions may take of the card together for what they compute; 0 for
 *     all there is. Libraries take some hundred megabytes beside it
 * @param growth how the memory arena grows
 * @param convSearch how the algorithm of a convolution is found
 * @param nhwc whether convolutions have the channels last, as tensor cores want them: ONNX Runtime
 *     reports a tenth less time for Stable Diffusion 1.5 in half precision
 * @param tf32 whether what is left in 32 bits (a VAE that overflows in 16) may be multiplied with
 *     10-bit mantissas, which are those of half precision: tensor cores do that several times
 *     faster
 * @param attention which kernels compute attention
 * @param fused whether group normalization with SiLU and gated GELU are one operator each; not run
 *     on a card yet
 */
public record CudaOptions(
    long memoryLimit,
    ArenaGrowth growth,
    ConvSearch convSearch,
    boolean nhwc,
    boolean tf32,
    Attention attention,
    boolean fused) {

  /** How the memory arena grows. */
  public enum ArenaGrowth {
    /** By what is asked for: 5 GB of weights take 5 GB. */
    EXACT("kSameAsRequested"),
    /** In powers of two: fewer allocations, and up to twice the memory. ONNX Runtime's default. */
    DOUBLING("kNextPowerOfTwo");

    private final String value;

    ArenaGrowth(String value) {
      this.value = value;
    }
  }

  /** How the algorithm of a convolution is found. */
  public enum ConvSearch {
    /** cuDNN guesses: pictures of a new size are drawn without a delay. */
    HEURISTIC,
    /** All are tried at the first picture of each size, which takes seconds. */
    EXHAUSTIVE,
    /** Always the same. */
    DEFAULT
  }

  /** Kernels of attention, numbered as ONNX Runtime does. */
  public enum Attention {
    /** ONNX Runtime chooses by card and shape. */
    AUTO(0),
    FLASH(1),
    EFFICIENT(2),
    CUDNN(8),
    /** With the whole matrix of scores in memory. */
    MATH(16);

    private final int value;

    Attention(int value) {
      this.value = value;
    }
  }

  public CudaOptions {
    if (memoryLimit < 0) {
      throw new IllegalArgumentException("memory limit " + memoryLimit);
    }
  }

  /** What suits pictures of changing sizes. */
  public static CudaOptions standard() {
    return new CudaOptions(
        0, ArenaGrowth.EXACT, ConvSearch.HEURISTIC, true, true, Attention.AUTO, false);
  }

  /** As ONNX Runtime calls and writes them. */
  Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    if (memoryLimit > 0) {
      values.put("gpu_mem_limit", Long.toString(memoryLimit));
    }
    values.put("arena_extend_strategy", growth.value);
    values.put("cudnn_conv_algo_search", convSearch.name());
    values.put("prefer_nhwc", flag(nhwc));
    values.put("use_tf32", flag(tf32));
    if (attention != Attention.AUTO) {
      values.put("sdpa_kernel", Integer.toString(attention.value));
    }
    return values;
  }

  static String flag(boolean value) {
    return value ? "1" : "0";
  }
}

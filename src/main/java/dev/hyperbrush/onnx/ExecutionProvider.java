package dev.hyperbrush.onnx;

/** What computes. */
public enum ExecutionProvider {
  CPU,
  /** An NVIDIA card; where that is not possible the CPU is used, and the log says so. */
  CUDA;

  /** CUDA where the program was built with it ({@code -Pgpu}), else the CPU. Loads nothing. */
  public static ExecutionProvider ofThisBuild() {
    return NativeCache.contains("onnxruntime_providers_cuda") ? CUDA : CPU;
  }
}

package dev.hyperbrush.onnx;

/** What computes. */
public enum ExecutionProvider {
  CPU,
  /** An NVIDIA card; where that is not possible the CPU is used, and the log says so. */
  CUDA,
  /** The same card by engines that TensorRT builds; where that is not possible, CUDA. */
  TENSORRT;

  /** CUDA where the program was built with it ({@code -Pgpu}), else the CPU. Loads nothing. */
  public static ExecutionProvider ofThisBuild() {
    return NativeCache.contains("onnxruntime_providers_cuda") ? CUDA : CPU;
  }

  /** Whether it computes on a card. */
  public boolean onCard() {
    return this != CPU;
  }

  /** What is tried when this one cannot be used. */
  ExecutionProvider next() {
    return this == TENSORRT ? CUDA : CPU;
  }
}

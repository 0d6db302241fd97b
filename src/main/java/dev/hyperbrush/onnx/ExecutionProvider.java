package dev.hyperbrush.onnx;

/** What computes. */
public enum ExecutionProvider {
  CPU,
  /** An NVIDIA card; where that is not possible the CPU is used, and the log says so. */
  CUDA
}

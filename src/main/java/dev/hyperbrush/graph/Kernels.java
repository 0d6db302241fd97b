package dev.hyperbrush.graph;

/** Which operators write down the layers that there are several ways for. */
public enum Kernels {
  /** What the CPU and CUDA both compute fast. */
  PORTABLE,
  /** What CUDA alone has kernels for: group normalization with SiLU, gated GELU with bias. */
  FUSED,
  /** The operators of the ONNX standard alone. */
  STANDARD;

  PortableLayers layers() {
    return switch (this) {
      case PORTABLE -> new PortableLayers();
      case FUSED -> new FusedLayers();
      case STANDARD -> new StandardLayers();
    };
  }
}

package dev.hyperbrush.graph;

/** Which operators write down the layers that there are several ways for. */
public enum Kernels {
  /** What the CPU and CUDA both compute fast. */
  PORTABLE(new PortableLayers()),
  /** What CUDA alone has kernels for: group normalization with SiLU, gated GELU with bias. */
  FUSED(new FusedLayers()),
  /** The operators of the ONNX standard alone. */
  STANDARD(new StandardLayers());

  private final PortableLayers layers;

  Kernels(PortableLayers layers) {
    this.layers = layers;
  }

  PortableLayers layers() {
    return layers;
  }
}

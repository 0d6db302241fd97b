package dev.hyperbrush.onnx;

/**
 * How sessions run.
 *
 * <p>Immutable.
 *
 * @param provider what computes
 * @param device which card, counted from 0; unused on the CPU
 * @param threads that share one operator; 0 lets ONNX Runtime take one per core
 * @param arena whether freed memory is kept for the next run. Faster, but a VAE decoder then holds
 *     twice what it needs
 */
public record OnnxSettings(ExecutionProvider provider, int device, int threads, boolean arena) {
  public OnnxSettings {
    if (device < 0 || threads < 0) {
      throw new IllegalArgumentException("device " + device + ", threads " + threads);
    }
  }

  /** The CPU with all its cores. */
  public static OnnxSettings cpu() {
    return new OnnxSettings(ExecutionProvider.CPU, 0, 0, true);
  }

  public OnnxSettings withProvider(ExecutionProvider chosen) {
    return new OnnxSettings(chosen, device, threads, arena);
  }

  public OnnxSettings withoutArena() {
    return new OnnxSettings(provider, device, threads, false);
  }
}

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
 * @param cuda used where a card computes
 * @param tensorRt used where TensorRT computes
 */
public record OnnxSettings(
    ExecutionProvider provider,
    int device,
    int threads,
    boolean arena,
    CudaOptions cuda,
    TensorRtOptions tensorRt) {
  public OnnxSettings {
    if (device < 0 || threads < 0) {
      throw new IllegalArgumentException("device " + device + ", threads " + threads);
    }
  }

  /** The CPU with all its cores. */
  public static OnnxSettings cpu() {
    return new OnnxSettings(
        ExecutionProvider.CPU, 0, 0, true, CudaOptions.standard(), TensorRtOptions.standard());
  }

  public OnnxSettings withProvider(ExecutionProvider chosen) {
    return new OnnxSettings(chosen, device, threads, arena, cuda, tensorRt);
  }

  /** On another card. */
  public OnnxSettings withDevice(int card) {
    return new OnnxSettings(provider, card, threads, arena, cuda, tensorRt);
  }

  public OnnxSettings withoutArena() {
    return new OnnxSettings(provider, device, threads, false, cuda, tensorRt);
  }

  /**
   * The same with the first provider that can be used here: TensorRT, CUDA, the CPU. The log says
   * once what is in the way of the others. Looks once per process, which loads libraries.
   */
  public OnnxSettings usable() {
    OnnxSettings settings = this;
    while (settings.provider.onCard() && Providers.problem(settings).isPresent()) {
      settings = settings.withProvider(settings.provider.next());
    }
    return settings;
  }
}

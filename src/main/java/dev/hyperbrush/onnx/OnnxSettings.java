package dev.hyperbrush.onnx;

import java.util.Optional;

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
 * @param kept how graphs are kept optimised; used where the CPU computes
 * @param observer told what sessions do
 */
public record OnnxSettings(
    ExecutionProvider provider,
    int device,
    int threads,
    boolean arena,
    CudaOptions cuda,
    TensorRtOptions tensorRt,
    Optional<KeptGraph> kept,
    RunObserver observer) {
  public OnnxSettings {
    if (device < 0 || threads < 0) {
      throw new IllegalArgumentException("device " + device + ", threads " + threads);
    }
  }

  /** Settings of which no graphs are kept. */
  public OnnxSettings(
      ExecutionProvider provider,
      int device,
      int threads,
      boolean arena,
      CudaOptions cuda,
      TensorRtOptions tensorRt) {
    this(provider, device, threads, arena, cuda, tensorRt, Optional.empty(), RunObserver.NONE);
  }

  /** The CPU with all its cores. */
  public static OnnxSettings cpu() {
    return new OnnxSettings(
        ExecutionProvider.CPU, 0, 0, true, CudaOptions.standard(), TensorRtOptions.standard());
  }

  public OnnxSettings withProvider(ExecutionProvider chosen) {
    return new OnnxSettings(chosen, device, threads, arena, cuda, tensorRt, kept, observer);
  }

  /** On another card. */
  public OnnxSettings withDevice(int card) {
    return new OnnxSettings(provider, card, threads, arena, cuda, tensorRt, kept, observer);
  }

  public OnnxSettings withoutArena() {
    return new OnnxSettings(provider, device, threads, false, cuda, tensorRt, kept, observer);
  }

  /** Graphs are kept optimised in this way. */
  public OnnxSettings keeping(KeptGraph graphs) {
    return new OnnxSettings(
        provider, device, threads, arena, cuda, tensorRt, Optional.of(graphs), observer);
  }

  /** Tells somebody what sessions do. */
  public OnnxSettings observed(RunObserver by) {
    return new OnnxSettings(provider, device, threads, arena, cuda, tensorRt, kept, by);
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

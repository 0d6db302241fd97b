package dev.hyperbrush.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import java.util.Optional;

/** Whether an NVIDIA card can be used here. */
public final class CudaCheck {
  /** What is in the way of using this card; empty when nothing is. */
  public static Optional<String> problem(int device) {
    var _ = OnnxRuntime.environment(); // loads the native library
    try (SessionOptions options = new SessionOptions();
        OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(device)) {
      options.addCUDA(cuda);
      return Optional.empty();
    } catch (OrtException e) {
      return Optional.of(OnnxRuntime.message(e));
    }
  }

  private CudaCheck() {}
}

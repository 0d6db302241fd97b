package dev.hyperbrush.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one environment of ONNX Runtime in this process. Thread-safe. */
final class OnnxRuntime {
  private static final Logger LOG = LoggerFactory.getLogger(OnnxRuntime.class);
  private static final AtomicBoolean TOLD_ABOUT_CUDA = new AtomicBoolean();

  /** Loaded at first use: the native library takes a tenth of a second. */
  private static final class Holder {
    static final OrtEnvironment ENVIRONMENT = load();

    private static OrtEnvironment load() {
      Telemetry.disable();
      NativeCache.prepare();
      // Below ERROR it warns about every weight that constant folding made superfluous.
      OrtEnvironment environment =
          OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "hyperbrush");
      try {
        environment.setTelemetry(false);
      } catch (OrtException e) {
        throw new IllegalStateException("ONNX Runtime cannot be told to keep things private", e);
      }
      return environment;
    }
  }

  static OrtEnvironment environment() {
    return Holder.ENVIRONMENT;
  }

  /** Says once why the CPU is used although a card was asked for. */
  static void tellThatCudaIsAbsent(OrtException why) {
    if (TOLD_ABOUT_CUDA.compareAndSet(false, true)) {
      LOG.warn(
          "CUDA cannot be used here, so the CPU draws instead. It needs the build of"
              + " the Maven profile \"gpu\", an NVIDIA driver, CUDA 12 and cuDNN 9. ONNX Runtime"
              + " says: {}",
          message(why));
    }
  }

  /** What went wrong, without the places in source code and the codes that precede it. */
  static String message(OrtException e) {
    return String.valueOf(e.getMessage())
        .replaceFirst("^Error code - \\w+ - message: ", "")
        .replaceFirst("^.*\\[ONNXRuntimeError] : \\d+ : \\w+ : ", "")
        .strip();
  }

  private OnnxRuntime() {}
}

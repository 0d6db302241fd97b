package dev.hyperbrush.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;

/** The one environment of ONNX Runtime in this process. Thread-safe. */
final class OnnxRuntime {
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

  static String version() {
    return environment().getVersion();
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

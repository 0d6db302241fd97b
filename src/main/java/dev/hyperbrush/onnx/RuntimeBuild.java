package dev.hyperbrush.onnx;

import java.util.Optional;

/**
 * Which ONNX Runtime this is. Immutable.
 *
 * @param version such as {@code 1.29.0}
 * @param cuda whether the jar holds the providers for cards
 * @param folder where its libraries were loaded from, if not from a temporary one
 */
public record RuntimeBuild(String version, boolean cuda, Optional<String> folder) {
  /** Loads it. */
  public static RuntimeBuild ofThisProcess() {
    String version = OnnxRuntime.environment().getVersion();
    return new RuntimeBuild(
        version,
        ExecutionProvider.ofThisBuild().onCard(),
        Optional.ofNullable(System.getProperty(NativeCache.FOLDER_PROPERTY)));
  }

  @Override
  public String toString() {
    return "ONNX Runtime " + version + (cuda ? " for CUDA 12" : " for the CPU");
  }
}

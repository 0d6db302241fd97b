package dev.hyperbrush.onnx;

import dev.hyperbrush.tensor.Tensor;
import java.nio.file.Path;
import java.util.Map;

/**
 * A graph that a session can be opened from.
 *
 * <p>Immutable; the array is shared, not copied.
 *
 * @param name for messages, such as {@code unet}
 * @param bytes the ONNX {@code ModelProto}
 * @param weightsFolder the real folder (no link) that the locations of external data lie below
 * @param replacements values that take the place of initializers, by name: what is in the file for
 *     these is not read
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record OnnxModel(
    String name, byte[] bytes, Path weightsFolder, Map<String, Tensor> replacements) {
  public OnnxModel {
    replacements = Map.copyOf(replacements);
  }
}

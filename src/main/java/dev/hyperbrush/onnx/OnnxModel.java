package dev.hyperbrush.onnx;

import java.nio.file.Path;

/**
 * A graph that a session can be opened from.
 *
 * <p>Immutable; the array is shared, not copied.
 *
 * @param name for messages, such as {@code unet}
 * @param bytes the ONNX {@code ModelProto}
 * @param weightsFolder the real folder (no link) that the locations of external data lie below
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record OnnxModel(String name, byte[] bytes, Path weightsFolder) {}

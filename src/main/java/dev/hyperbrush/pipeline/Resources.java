package dev.hyperbrush.pipeline;

import dev.hyperbrush.onnx.OnnxSettings;
import java.nio.file.Path;

/**
 * What loading models may use of the machine.
 *
 * <p>Immutable.
 *
 * @param cache a folder for what can be computed again; made when it is first needed
 */
public record Resources(OnnxSettings onnx, Path cache) {}

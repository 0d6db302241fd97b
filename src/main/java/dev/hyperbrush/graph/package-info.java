/** Builds ONNX graphs from a model's {@code config.json} over its weight files. */
@NullMarked
package dev.hyperbrush.graph;

import org.jspecify.annotations.NullMarked;

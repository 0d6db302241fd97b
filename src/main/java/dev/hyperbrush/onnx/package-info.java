/** ONNX Runtime: sessions, execution providers. The only importer of {@code ai.onnxruntime}. */
@NullMarked
package dev.hyperbrush.onnx;

import org.jspecify.annotations.NullMarked;

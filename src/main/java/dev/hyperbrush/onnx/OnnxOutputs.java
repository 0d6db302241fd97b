package dev.hyperbrush.onnx;

import dev.hyperbrush.tensor.Tensor;
import java.util.Map;

/** What one run of a session gave, by name. Immutable. */
public record OnnxOutputs(Map<String, OnnxArray> arrays) {
  public OnnxOutputs {
    arrays = Map.copyOf(arrays);
  }

  /** A float output. */
  public Tensor floats(String name) {
    return typed(name, OnnxArray.Floats.class).tensor();
  }

  /** An output of unsigned bytes. */
  public OnnxArray.Bytes bytes(String name) {
    return typed(name, OnnxArray.Bytes.class);
  }

  private <T extends OnnxArray> T typed(String name, Class<T> type) {
    OnnxArray array = arrays.get(name);
    if (!type.isInstance(array)) {
      throw new IllegalArgumentException("no " + type.getSimpleName() + " output " + name);
    }
    return type.cast(array);
  }
}

package dev.hyperbrush.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a graph takes and gives, against what it should. */
final class OnnxPorts {
  private static final Set<OnnxJavaType> FLOATS =
      EnumSet.of(OnnxJavaType.FLOAT, OnnxJavaType.FLOAT16, OnnxJavaType.BFLOAT16);
  private static final Set<OnnxJavaType> NUMBERS =
      EnumSet.of(
          OnnxJavaType.FLOAT,
          OnnxJavaType.FLOAT16,
          OnnxJavaType.BFLOAT16,
          OnnxJavaType.INT32,
          OnnxJavaType.INT64);

  /** Closes the session and refuses a graph of other inputs, or without one of the outputs. */
  static void require(OnnxFile file, OrtSession session) throws OrtException {
    boolean fits =
        usable(session.getInputInfo(), NUMBERS).equals(file.inputs())
            && file.inputs().equals(session.getInputNames())
            && usable(session.getOutputInfo(), FLOATS).containsAll(file.outputs());
    if (!fits) {
      Refusal refusal =
          new Refusal(
              ReasonCode.EXPORT_PORTS,
              file.path(),
              list(session.getInputNames()),
              list(session.getOutputNames()),
              list(file.inputs()),
              list(file.outputs()));
      session.close();
      throw refusal;
    }
  }

  /** Names of the tensors of such types. */
  private static Set<String> usable(Map<String, NodeInfo> ports, Set<OnnxJavaType> types) {
    Set<String> names = new TreeSet<>();
    ports.forEach((name, port) -> {
      if (port.getInfo() instanceof TensorInfo tensor && types.contains(tensor.type)) {
        names.add(name);
      }
    });
    return names;
  }

  private static String list(Collection<String> names) {
    return String.join(", ", new TreeSet<>(names));
  }

  private OnnxPorts() {}
}

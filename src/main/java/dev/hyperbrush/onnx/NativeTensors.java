package dev.hyperbrush.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.hyperbrush.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Native copies of arrays, by name, freed together. Owned by one thread. */
final class NativeTensors implements AutoCloseable {
  private final Map<String, OnnxTensorLike> tensors = new HashMap<>();

  void add(String name, OnnxArray array) throws OrtException {
    OrtEnvironment environment = OnnxRuntime.environment();
    long[] shape = Arrays.stream(array.shape()).asLongStream().toArray();
    OnnxTensor tensor =
        switch (array) {
          case OnnxArray.Floats(Tensor floats) ->
              OnnxTensor.createTensor(environment, FloatBuffer.wrap(floats.data()), shape);
          case OnnxArray.Ints(int[] ignored, int[] data) ->
              OnnxTensor.createTensor(environment, IntBuffer.wrap(data), shape);
          case OnnxArray.Bytes ignored ->
              throw new IllegalArgumentException("bytes only come out of a session: " + name);
        };
    tensors.put(name, tensor);
  }

  Map<String, OnnxTensorLike> byName() {
    return tensors;
  }

  /** Copies of everything that a run gave. */
  static OnnxOutputs read(OrtSession.Result result) {
    Map<String, OnnxArray> arrays = new HashMap<>();
    for (Map.Entry<String, OnnxValue> output : result) {
      arrays.put(output.getKey(), copy((OnnxTensor) output.getValue()));
    }
    return new OnnxOutputs(arrays);
  }

  private static OnnxArray copy(OnnxTensor tensor) {
    int[] shape = Arrays.stream(tensor.getInfo().getShape()).mapToInt(Math::toIntExact).toArray();
    return switch (tensor.getInfo().type) {
      case FLOAT -> {
        float[] data = new float[Tensor.size(shape)];
        tensor.getFloatBuffer().get(data);
        yield new OnnxArray.Floats(new Tensor(shape, data));
      }
      case UINT8 -> {
        ByteBuffer buffer = tensor.getByteBuffer();
        byte[] data = new byte[buffer.remaining()];
        buffer.get(data);
        yield new OnnxArray.Bytes(shape, data);
      }
      default -> throw new IllegalStateException("output of type " + tensor.getInfo().type);
    };
  }

  @Override
  public void close() {
    tensors.values().forEach(OnnxTensorLike::close);
  }
}

package dev.hyperbrush.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.platform.Fp16Conversions;
import dev.hyperbrush.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Native copies of arrays, by name, freed together. Owned by one thread. */
final class NativeTensors implements AutoCloseable {
  private final Map<String, OnnxTensorLike> tensors = new HashMap<>();

  /** In the type that the array has. */
  void add(String name, OnnxArray array) throws OrtException {
    add(name, array, array instanceof OnnxArray.Floats ? OnnxJavaType.FLOAT : OnnxJavaType.INT32);
  }

  /** Converted: floats to 16 or 32 bits or to whole numbers, integers to 32 or 64 bits. */
  void add(String name, OnnxArray array, OnnxJavaType type) throws OrtException {
    OnnxTensor tensor =
        switch (array) {
          case OnnxArray.Floats(Tensor floats) -> floats(name, floats, type);
          case OnnxArray.Ints(int[] shape, int[] data) -> integers(name, shape, data, type);
          case OnnxArray.Bytes _ -> throw wrongType(name, OnnxJavaType.UINT8);
        };
    tensors.put(name, tensor);
  }

  private static OnnxTensor floats(String name, Tensor floats, OnnxJavaType type)
      throws OrtException {
    OrtEnvironment environment = OnnxRuntime.environment();
    FloatBuffer values = FloatBuffer.wrap(floats.data());
    long[] shape = longs(floats.shape());
    return switch (type) {
      case FLOAT -> OnnxTensor.createTensor(environment, values, shape);
      case FLOAT16 ->
          OnnxTensor.createTensor(
              environment, Fp16Conversions.convertFloatBufferToFp16Buffer(values), shape, type);
      case BFLOAT16 ->
          OnnxTensor.createTensor(
              environment, Fp16Conversions.convertFloatBufferToBf16Buffer(values), shape, type);
      case INT32, INT64 -> integers(name, floats.shape(), rounded(floats.data()), type);
      default -> throw wrongType(name, type);
    };
  }

  private static int[] rounded(float[] values) {
    int[] rounded = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = Math.round(values[i]);
    }
    return rounded;
  }

  private static OnnxTensor integers(String name, int[] shape, int[] data, OnnxJavaType type)
      throws OrtException {
    OrtEnvironment environment = OnnxRuntime.environment();
    return switch (type) {
      case INT32 -> OnnxTensor.createTensor(environment, IntBuffer.wrap(data), longs(shape));
      case INT64 ->
          OnnxTensor.createTensor(environment, LongBuffer.wrap(longs(data)), longs(shape));
      default -> throw wrongType(name, type);
    };
  }

  private static IllegalArgumentException wrongType(String name, OnnxJavaType type) {
    return new IllegalArgumentException("no input of type " + type + " can be given: " + name);
  }

  private static long[] longs(int[] values) {
    return Arrays.stream(values).asLongStream().toArray();
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
      case FLOAT, FLOAT16, BFLOAT16 -> {
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

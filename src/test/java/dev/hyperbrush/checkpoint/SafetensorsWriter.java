package dev.hyperbrush.checkpoint;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hyperbrush.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Writes safetensors files for tests: right ones, and ones with any header. */
public final class SafetensorsWriter {
  /** All tensors in one type: F32, F16, BF16, F64 or F8_E4M3. */
  public static Path write(Path file, DType dtype, Map<String, Tensor> tensors) throws IOException {
    return write(file, name -> dtype, tensors);
  }

  /** Each tensor in the type for its name. */
  public static Path write(Path file, Function<String, DType> dtypes, Map<String, Tensor> tensors)
      throws IOException {
    ObjectNode header = new JsonMapper().createObjectNode();
    int size =
        tensors.entrySet().stream()
            .mapToInt(t -> t.getValue().data().length * dtypes.apply(t.getKey()).bytes())
            .sum();
    ByteBuffer data = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    for (Map.Entry<String, Tensor> tensor : new LinkedHashMap<>(tensors).entrySet()) {
      DType dtype = dtypes.apply(tensor.getKey());
      ObjectNode entry = header.putObject(tensor.getKey()).put("dtype", dtype.name());
      for (int dimension : tensor.getValue().shape()) {
        entry.withArray("shape").add(dimension);
      }
      entry.withArray("shape");
      int begin = data.position();
      for (float value : tensor.getValue().data()) {
        put(data, dtype, value);
      }
      entry.putArray("data_offsets").add(begin).add(data.position());
    }
    return write(file, header.toString(), data.array());
  }

  /** Any header, and any bytes as values. */
  static Path write(Path file, String header, byte[] data) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(json.length).put(json).put(data);
    return Files.write(file, bytes.array());
  }

  private static void put(ByteBuffer data, DType dtype, float value) {
    switch (dtype) {
      case F32 -> data.putFloat(value);
      case F64 -> data.putDouble(value);
      case F16 -> data.putShort(Float.floatToFloat16(value));
      case BF16 -> data.putShort((short) (Float.floatToRawIntBits(value) >>> 16));
      case F8_E4M3 -> data.put(nearestFloat8(value));
      default -> throw new IllegalArgumentException("not written by this helper: " + dtype);
    }
  }

  /** Positive values grow with their bits, up to 448 at 0x7e. */
  private static byte nearestFloat8(float value) {
    float size = Math.abs(value);
    int low = 0;
    int high = 0x7e;
    while (high - low > 1) {
      int middle = (low + high) / 2;
      if (Float8.e4m3((byte) middle) <= size) {
        low = middle;
      } else {
        high = middle;
      }
    }
    boolean up = Float8.e4m3((byte) high) - size < size - Float8.e4m3((byte) low);
    return (byte) ((up ? high : low) | (value < 0 ? 0x80 : 0));
  }

  private SafetensorsWriter() {}
}

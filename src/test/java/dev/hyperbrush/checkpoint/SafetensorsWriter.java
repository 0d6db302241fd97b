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

/** Writes safetensors files for tests: right ones, and ones with any header. */
public final class SafetensorsWriter {
  /** All tensors in one type: F32, F16, BF16, F64 or F8_E4M3. */
  public static Path write(Path file, DType dtype, Map<String, Tensor> tensors) throws IOException {
    ObjectNode header = new JsonMapper().createObjectNode();
    int size = tensors.values().stream().mapToInt(t -> t.data().length * dtype.bytes()).sum();
    ByteBuffer data = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    for (Map.Entry<String, Tensor> tensor : new LinkedHashMap<>(tensors).entrySet()) {
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

  private static byte nearestFloat8(float value) {
    byte nearest = 0;
    for (int bits = 0; bits < 256; bits++) {
      float candidate = Float8.e4m3((byte) bits);
      if (Math.abs(candidate - value) < Math.abs(Float8.e4m3(nearest) - value)) {
        nearest = (byte) bits;
      }
    }
    return nearest;
  }

  private SafetensorsWriter() {}
}

package dev.hyperbrush.checkpoint;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A safetensors file that is going to be written: its header, and where each tensor will lie. With
 * that, values can be written in any order, by several threads.
 *
 * <p>Immutable; the array is shared, not copied.
 *
 * @param header the bytes that the file begins with: the length of the JSON, the JSON, padding
 * @param offsets where each tensor begins, from the beginning of the file
 * @param size of the whole file
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SafetensorsLayout(byte[] header, Map<String, Long> offsets, long size) {
  private static final int PREFIX_BYTES = 8;

  /** Where the values begin, so that no element of any type straddles two cache lines. */
  private static final int ALIGNMENT = 64;

  /** A tensor to be written. Immutable. */
  public record Entry(String name, DType dtype, List<Long> shape) {
    public Entry {
      shape = List.copyOf(shape);
    }

    long bytes() {
      return shape.stream().reduce((long) dtype.bytes(), Math::multiplyExact);
    }
  }

  /** Lays the tensors out in this order, without gaps. */
  public static SafetensorsLayout of(List<Entry> entries, Map<String, String> metadata) {
    ObjectNode json = new JsonMapper().createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode notes = json.putObject("__metadata__");
      metadata.forEach(notes::put);
    }
    Map<String, Long> begins = new LinkedHashMap<>();
    long end = 0;
    for (Entry entry : entries) {
      begins.put(entry.name(), end);
      ObjectNode tensor = json.putObject(entry.name()).put("dtype", entry.dtype().name());
      entry.shape().forEach(tensor.putArray("shape")::add);
      tensor.putArray("data_offsets").add(end).add(end + entry.bytes());
      end += entry.bytes();
    }
    byte[] header = header(json.toString().getBytes(StandardCharsets.UTF_8));
    begins.replaceAll((name, begin) -> header.length + begin);
    return new SafetensorsLayout(header, begins, header.length + end);
  }

  /** Where a tensor begins, from the beginning of the file. */
  public long offset(String name) {
    Long offset = offsets.get(name);
    if (offset == null) {
      throw new IllegalArgumentException("no tensor " + name);
    }
    return offset;
  }

  /** Whether a file is one of this layout: the same header, and as long. */
  boolean describes(byte[] start, long length) {
    return length == size && ByteBuffer.wrap(start).equals(ByteBuffer.wrap(header));
  }

  /** The format allows spaces after the JSON. */
  private static byte[] header(byte[] json) {
    int unpadded = PREFIX_BYTES + json.length;
    int padded = (unpadded + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer header = ByteBuffer.allocate(padded).order(ByteOrder.LITTLE_ENDIAN);
    header.putLong(padded - PREFIX_BYTES).put(json);
    while (header.hasRemaining()) {
      header.put((byte) ' ');
    }
    return header.array();
  }
}

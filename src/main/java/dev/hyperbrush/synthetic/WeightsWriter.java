package dev.hyperbrush.synthetic;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hyperbrush.checkpoint.DType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Writes safetensors files, number by number: a model need not fit into memory. A file appears
 * under its name when it is whole. Owned by one thread.
 */
final class WeightsWriter {
  private static final int CHUNK_BYTES = 4 << 20;
  private static final int ALIGNMENT = 8;

  private final RandomNumbers numbers;
  private final LongConsumer written;
  private final ByteBuffer chunk =
      ByteBuffer.allocateDirect(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);

  /**
   * @param written told how many bytes were written since it was last told
   */
  WeightsWriter(RandomNumbers numbers, LongConsumer written) {
    this.numbers = numbers;
    this.written = written;
  }

  void write(Path file, List<Stored> tensors) throws IOException {
    Files.createDirectories(file.getParent());
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (FileChannel channel =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer header = header(tensors);
      while (header.hasRemaining()) {
        channel.write(header);
      }
      for (Stored tensor : tensors) {
        write(channel, tensor);
      }
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** The format: length, JSON, values (huggingface/safetensors, README). */
  private static ByteBuffer header(List<Stored> tensors) {
    ObjectNode header = new JsonMapper().createObjectNode();
    header.putObject("__metadata__").put("format", "pt");
    long at = 0;
    for (Stored tensor : tensors) {
      ObjectNode entry = header.putObject(tensor.name()).put("dtype", tensor.type().name());
      entry.putArray("shape");
      tensor.shape().forEach(length -> entry.withArray("shape").add(length));
      entry.putArray("data_offsets").add(at).add(at + tensor.bytes());
      at += tensor.bytes();
    }
    String json = header.toString();
    String padded = json + " ".repeat(Math.floorMod(-json.length(), ALIGNMENT));
    byte[] bytes = padded.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Long.BYTES + bytes.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(bytes.length)
        .put(bytes)
        .flip();
  }

  private void write(FileChannel channel, Stored tensor) throws IOException {
    if (tensor.slots().isEmpty()) {
      chunk.clear();
      for (long i = 0; i < tensor.bytes() / Long.BYTES; i++) {
        chunk.putLong(i);
      }
      flush(channel);
    }
    for (Slot slot : tensor.slots()) {
      if (tensor.type() == DType.F32) {
        writeFloats(channel, slot);
      } else if (tensor.transposed()) {
        writeColumns(channel, slot);
      } else {
        writeRows(channel, slot);
      }
    }
  }

  private void writeRows(FileChannel channel, Slot slot) throws IOException {
    RandomNumbers.Numbers values = numbers.of(slot);
    long elements = slot.elements();
    int perChunk = CHUNK_BYTES / Short.BYTES;
    for (long at = 0; at < elements; at += perChunk) {
      chunk.clear().limit((int) Math.min(perChunk, elements - at) * Short.BYTES);
      values.fill(chunk, at);
      flush(channel);
    }
  }

  private void writeFloats(FileChannel channel, Slot slot) throws IOException {
    RandomNumbers.Numbers values = numbers.of(slot);
    long elements = slot.elements();
    int perChunk = CHUNK_BYTES / Float.BYTES;
    for (long at = 0; at < elements; at += perChunk) {
      chunk.clear();
      long end = Math.min(at + perChunk, elements);
      for (long i = at; i < end; i++) {
        chunk.putFloat(Float.float16ToFloat(values.at(i)));
      }
      flush(channel);
    }
  }

  private void writeColumns(FileChannel channel, Slot slot) throws IOException {
    RandomNumbers.Numbers values = numbers.of(slot);
    int rows = slot.shape().get(0);
    int columns = slot.shape().get(1);
    for (int column = 0; column < columns; column++) {
      chunk.clear();
      for (int row = 0; row < rows; row++) {
        chunk.putShort(values.at((long) row * columns + column));
      }
      flush(channel);
    }
  }

  private void flush(FileChannel channel) throws IOException {
    chunk.flip();
    written.accept(chunk.remaining());
    while (chunk.hasRemaining()) {
      channel.write(chunk);
    }
  }
}

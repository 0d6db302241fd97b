package dev.hyperbrush.checkpoint;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.tensor.Tensor;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Where the values of one tensor lie: {@code length} bytes from {@code offset} of {@code file},
 * row-major and little-endian. The place was checked to be inside the file when it was opened.
 *
 * <p>Immutable.
 *
 * @param file the real path, no link
 * @param offset from the beginning of the file
 */
public record WeightTensor(
    String name, DType dtype, List<Long> shape, Path file, long offset, long length) {
  private static final int CHUNK_BYTES = 1 << 20;

  public WeightTensor {
    shape = List.copyOf(shape);
  }

  /** The values as floats; 64-bit ones are rounded. Reads the file, any thread. */
  public Tensor read() {
    float[] values = new float[Math.toIntExact(elements())];
    int[] dimensions = shape.stream().mapToInt(Math::toIntExact).toArray();
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer chunk =
          ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, length)).order(ByteOrder.LITTLE_ENDIAN);
      for (int at = 0; at < values.length; at += chunk.limit() / dtype.bytes()) {
        long done = (long) at * dtype.bytes();
        fill(channel, chunk.clear().limit((int) Math.min(chunk.capacity(), length - done)), done);
        decode(chunk, values, at);
      }
    } catch (IOException e) {
      throw WeightFileProblem.unreadable(file, e);
    }
    return new Tensor(dimensions, values);
  }

  public boolean hasShape(int... dimensions) {
    return shape.equals(Arrays.stream(dimensions).asLongStream().boxed().toList());
  }

  private long elements() {
    long elements = length / dtype.bytes();
    // Array limits: one tensor of 2^31 values is larger than a whole SDXL model.
    if (elements > Integer.MAX_VALUE - 8 || shape.stream().anyMatch(d -> d > Integer.MAX_VALUE)) {
      throw new Refusal(ReasonCode.TENSOR_TOO_LARGE, name, file, shape);
    }
    return elements;
  }

  private void fill(FileChannel channel, ByteBuffer chunk, long done) throws IOException {
    while (chunk.hasRemaining()) {
      if (channel.read(chunk, offset + done + chunk.position()) < 0) {
        throw new EOFException("it became shorter while it was read");
      }
    }
    chunk.flip();
  }

  private void decode(ByteBuffer chunk, float[] values, int from) {
    int to = from + chunk.limit() / dtype.bytes();
    for (int i = from; i < to; i++) {
      values[i] =
          switch (dtype) {
            case F32 -> chunk.getFloat();
            case F16 -> Float.float16ToFloat(chunk.getShort());
            case BF16 -> Float.intBitsToFloat(chunk.getShort() << 16);
            case F64 -> (float) chunk.getDouble();
            case I64 -> chunk.getLong();
            case I32 -> chunk.getInt();
            case BOOL, U8, I8, U16, I16, U32, U64, F8_E5M2, F8_E4M3 ->
                throw new Refusal(ReasonCode.TENSOR_TYPE_UNUSABLE, name, file, dtype);
          };
    }
  }
}

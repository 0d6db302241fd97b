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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where the values of one tensor lie: {@code length} bytes from {@code offset} of {@code file},
 * row-major and little-endian. The place was checked to be inside the file when it was opened.
 *
 * <p>It may be a view of what the file holds: under another name, in another shape, some rows of a
 * larger tensor, or a matrix that lies transposed in the file.
 *
 * <p>Immutable.
 *
 * @param shape as the model sees it
 * @param file the real path, no link
 * @param offset from the beginning of the file
 * @param transposed whether the file holds the transpose of this matrix
 */
public record WeightTensor(
    String name,
    DType dtype,
    List<Long> shape,
    Path file,
    long offset,
    long length,
    boolean transposed) {
  private static final int CHUNK_BYTES = 1 << 20;

  public WeightTensor {
    shape = List.copyOf(shape);
  }

  /** As it lies in its file. */
  public WeightTensor(
      String name, DType dtype, List<Long> shape, Path file, long offset, long length) {
    this(name, dtype, shape, file, offset, length, false);
  }

  /** The same values under another name. */
  WeightTensor named(String other) {
    return new WeightTensor(other, dtype, shape, file, offset, length, transposed);
  }

  /**
   * Some of the rows, {@code [count, ...]} of {@code [rows, ...]}.
   *
   * @param from the first of them
   */
  WeightTensor rows(long from, long count) {
    if (transposed || shape.isEmpty() || from < 0 || count < 1 || from + count > shape.getFirst()) {
      throw new IllegalArgumentException("rows " + from + " + " + count + " of " + this);
    }
    long bytes = length / shape.getFirst();
    List<Long> part = new ArrayList<>(shape);
    part.set(0, count);
    return new WeightTensor(name, dtype, part, file, offset + from * bytes, count * bytes);
  }

  /** The same values in another shape of as many. */
  WeightTensor seenAs(List<Long> other) {
    if (transposed || product(other) != product(shape)) {
      throw new IllegalArgumentException(other + " of " + this);
    }
    return new WeightTensor(name, dtype, other, file, offset, length);
  }

  /** The transpose of this matrix. */
  WeightTensor transpose() {
    if (shape.size() != 2) {
      throw new IllegalArgumentException("no matrix: " + this);
    }
    return new WeightTensor(name, dtype, shape.reversed(), file, offset, length, !transposed);
  }

  private static long product(List<Long> shape) {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }

  /** The values as floats; 64-bit ones are rounded. Reads the file, any thread. */
  public Tensor read() {
    Tensor stored = readStored();
    return transposed ? transposed(stored) : stored;
  }

  private Tensor transposed(Tensor stored) {
    int rows = Math.toIntExact(shape.get(0));
    int columns = Math.toIntExact(shape.get(1));
    float[] values = new float[rows * columns];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        values[row * columns + column] = stored.data()[column * rows + row];
      }
    }
    return new Tensor(new int[] {rows, columns}, values);
  }

  private Tensor readStored() {
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
            case F8_E4M3 -> Float8.e4m3(chunk.get());
            case F8_E5M2 -> Float8.e5m2(chunk.get());
            case BOOL, U8, I8, U16, I16, U32, U64 ->
                throw new Refusal(ReasonCode.TENSOR_TYPE_UNUSABLE, name, file, dtype);
          };
    }
  }
}

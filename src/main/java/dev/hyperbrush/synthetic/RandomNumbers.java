package dev.hyperbrush.synthetic;

import java.nio.ByteBuffer;
import java.util.Random;

/**
 * The numbers of tensors: each is a function of the seed, the tensor's name and the index, so that
 * the same model comes out in any layout. Quick rather than good: a normal distribution of 4096
 * values, at a billion numbers in one or two seconds.
 *
 * <p>Immutable.
 */
final class RandomNumbers {
  private static final int VALUES = 1 << 12;
  private static final int PER_WORD = 4;
  private static final int BITS = 16;

  private final long seed;
  private final double[] normal = new double[VALUES];

  RandomNumbers(long seed) {
    this.seed = seed;
    Random random = new Random(seed);
    for (int i = 0; i < VALUES; i += 2) {
      normal[i] = random.nextGaussian();
      normal[i + 1] = -normal[i];
    }
  }

  /** The numbers of one tensor. */
  Numbers of(Slot slot) {
    short[] values = new short[VALUES];
    for (int i = 0; i < VALUES; i++) {
      values[i] = Float.floatToFloat16((float) (slot.mean() + normal[i] * slot.deviation()));
    }
    return new Numbers(
        mix(seed ^ ((long) slot.name().hashCode() << 32 | slot.name().length())), values);
  }

  /** SplitMix64 (Steele, Lea and Flood, 2014). */
  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }

  /** In half precision. */
  static final class Numbers {
    private final long start;
    private final short[] values;

    private Numbers(long start, short[] values) {
      this.start = start;
      this.values = values;
    }

    short at(long index) {
      long word = word(index / PER_WORD);
      return values[(int) (word >>> (index % PER_WORD * BITS)) & (VALUES - 1)];
    }

    /** Fills the buffer with numbers from {@code index} on, a multiple of 4. */
    void fill(ByteBuffer buffer, long index) {
      long group = index / PER_WORD;
      while (buffer.remaining() >= Long.BYTES) {
        long word = word(group++);
        buffer.putLong(
            value(word, 0) | value(word, 1) << 16 | value(word, 2) << 32 | value(word, 3) << 48);
      }
      for (long i = group * PER_WORD; buffer.hasRemaining(); i++) {
        buffer.putShort(at(i));
      }
    }

    private long value(long word, int part) {
      return values[(int) (word >>> (part * BITS)) & (VALUES - 1)] & 0xFFFFL;
    }

    private long word(long group) {
      return mix(start + group * 0x9E3779B97F4A7C15L);
    }
  }
}

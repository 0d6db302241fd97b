package dev.hyperbrush.tensor;

/**
 * The random words behind PyTorch's CPU generator: MT19937 (Matsumoto and Nishimura, "Mersenne
 * Twister", ACM TOMACS 8, 1998) with its standard initialisation.
 *
 * <p>Owned by one thread.
 */
final class MersenneTwister {
  private static final int N = 624;
  private static final int M = 397;
  private static final int UPPER_BIT = 0x80000000;
  private static final int LOWER_BITS = 0x7fffffff;
  private static final int MATRIX = 0x9908b0df;

  private final int[] state = new int[N];
  private int next = N;

  /** PyTorch keeps the low 32 bits of a seed: 2^32 + 42 draws what 42 draws. */
  MersenneTwister(long seed) {
    state[0] = (int) seed;
    for (int i = 1; i < N; i++) {
      state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
    }
  }

  /** 32 random bits. */
  int nextInt() {
    if (next == N) {
      regenerate();
    }
    int word = state[next++];
    word ^= word >>> 11;
    word ^= (word << 7) & 0x9d2c5680;
    word ^= (word << 15) & 0xefc60000;
    return word ^ (word >>> 18);
  }

  /** 64 random bits; the first word drawn is the high half. */
  long nextLong() {
    long high = nextInt();
    return high << 32 | Integer.toUnsignedLong(nextInt());
  }

  /** 0 (inclusive) to 1 (exclusive), in steps of 2^-24: PyTorch's float32 {@code rand}. */
  float nextFloat() {
    return (nextInt() & 0xFFFFFF) * 0x1p-24f;
  }

  /** 0 (inclusive) to 1 (exclusive), in steps of 2^-53: PyTorch's float64 {@code rand}. */
  double nextDouble() {
    return (nextLong() & ((1L << 53) - 1)) * 0x1p-53;
  }

  private void regenerate() {
    for (int i = 0; i < N; i++) {
      int bits = (state[i] & UPPER_BIT) | (state[(i + 1) % N] & LOWER_BITS);
      state[i] = state[(i + M) % N] ^ (bits >>> 1) ^ ((bits & 1) == 0 ? 0 : MATRIX);
    }
    next = 0;
  }
}

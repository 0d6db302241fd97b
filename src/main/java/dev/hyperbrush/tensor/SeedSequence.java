package dev.hyperbrush.tensor;

import java.util.Arrays;

/**
 * Spreads a seed over many generators that have nothing to do with each other: NumPy's {@code
 * SeedSequence}, after O'Neill, "Simple Portable C++ Seed Entropy" (2015), word for word, so that
 * noise drawn from its children is the same here.
 *
 * <p>Immutable.
 */
final class SeedSequence {
  private static final int INIT_A = 0x43b0d7e5;
  private static final int MULT_A = 0x931e8875;
  private static final int INIT_B = 0x8b51f9dd;
  private static final int MULT_B = 0x58f38ded;
  private static final int MIX_LEFT = 0xca01f9dd;
  private static final int MIX_RIGHT = 0x4973f715;
  private static final int SHIFT = 16;

  private final int[] pool;

  /**
   * @param entropy the seed, taken as 64 bits without sign
   * @param poolSize words of state, at least 4
   * @param spawnKey which child of the seed this is; each without sign
   */
  SeedSequence(long entropy, int poolSize, long... spawnKey) {
    pool = new int[poolSize];
    Hash hash = new Hash(INIT_A, MULT_A);
    int[] words = assembled(entropy, poolSize, spawnKey);
    for (int i = 0; i < poolSize; i++) {
      pool[i] = hash.of(i < words.length ? words[i] : 0);
    }
    for (int from = 0; from < poolSize; from++) {
      for (int to = 0; to < poolSize; to++) {
        if (from != to) {
          pool[to] = mix(pool[to], hash.of(pool[from]));
        }
      }
    }
    for (int from = poolSize; from < words.length; from++) {
      for (int to = 0; to < poolSize; to++) {
        pool[to] = mix(pool[to], hash.of(words[from]));
      }
    }
  }

  /** The first words to seed a generator with; each is an unsigned number of 32 bits. */
  int[] words(int count) {
    int[] state = new int[count];
    int constant = INIT_B;
    for (int i = 0; i < count; i++) {
      int word = pool[i % pool.length] ^ constant;
      constant *= MULT_B;
      word *= constant;
      state[i] = word ^ word >>> SHIFT;
    }
    return state;
  }

  /** The seed, filled up to the pool's size where a spawn key follows it. */
  private static int[] assembled(long entropy, int poolSize, long... spawnKey) {
    int[] seed = words(entropy);
    if (spawnKey.length == 0) {
      return seed;
    }
    int[] words = Arrays.copyOf(seed, Math.max(poolSize, seed.length));
    for (long key : spawnKey) {
      int[] next = words(key);
      words = Arrays.copyOf(words, words.length + next.length);
      System.arraycopy(next, 0, words, words.length - next.length, next.length);
    }
    return words;
  }

  private static int[] words(long number) {
    int high = (int) (number >>> Integer.SIZE);
    return high == 0 ? new int[] {(int) number} : new int[] {(int) number, high};
  }

  private static int mix(int left, int right) {
    int mixed = MIX_LEFT * left - MIX_RIGHT * right;
    return mixed ^ mixed >>> SHIFT;
  }

  /** A hash whose constant moves on with every word. */
  private static final class Hash {
    private final int multiplier;
    private int constant;

    Hash(int constant, int multiplier) {
      this.constant = constant;
      this.multiplier = multiplier;
    }

    int of(int word) {
      int hashed = word ^ constant;
      constant *= multiplier;
      hashed *= constant;
      return hashed ^ hashed >>> SHIFT;
    }
  }
}

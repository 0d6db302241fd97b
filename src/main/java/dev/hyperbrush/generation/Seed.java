package dev.hyperbrush.generation;

import java.util.random.RandomGenerator;

/**
 * Where a picture's noise starts: 0 to 2^63-1, the range that diffusers and A1111 users write.
 *
 * <p>Immutable.
 */
public record Seed(long value) {
  /** Random seeds stay below this, so that they are easy to read aloud and to retype. */
  private static final long RANDOM_BOUND = 1L << 32;

  public Seed {
    if (value < 0) {
      throw new Refusal(ReasonCode.SEED_OUT_OF_RANGE, value);
    }
  }

  public static Seed random(RandomGenerator chance) {
    return new Seed(chance.nextLong(RANDOM_BOUND));
  }

  /** The seed of picture {@code index} of a batch; wraps to 0 behind the largest seed. */
  public Seed plus(int index) {
    return new Seed((value + index) & Long.MAX_VALUE);
  }
}

package dev.hyperbrush.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BackoffTest {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  @Test
  void theLongestWaitDoublesUpToALimit() {
    assertThat(most(1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(most(2)).isEqualTo(Duration.ofSeconds(2));
    assertThat(most(5)).isEqualTo(Duration.ofSeconds(16));
    assertThat(most(10)).isEqualTo(LONGEST);
    assertThat(most(1_000_000)).isEqualTo(LONGEST);
  }

  /** With a chance that always draws the greatest. */
  private static Duration most(int failures) {
    RandomGenerator greatest = () -> Long.MAX_VALUE;
    Backoff backoff =
        new Backoff(
            FIRST,
            LONGEST,
            new RandomGenerator() {
              @Override
              public long nextLong() {
                return greatest.nextLong();
              }

              @Override
              public long nextLong(long bound) {
                return bound - 1;
              }
            });
    return backoff.after(failures);
  }

  @Test
  void everyWaitUpToThatIsAsLikely() {
    Backoff backoff = new Backoff(FIRST, LONGEST, new Random(3));

    double mean =
        IntStream.range(0, 2000)
            .mapToLong(i -> backoff.after(4).toMillis())
            .average()
            .orElseThrow();

    assertThat(mean).isBetween(3800.0, 4200.0);
  }
}

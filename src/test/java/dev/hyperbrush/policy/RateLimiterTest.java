package dev.hyperbrush.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.TestClock;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RateLimiterTest {
  private static final Duration NANO = Duration.ofNanos(1);

  private final TestClock clock = new TestClock();
  private final RateLimiter rate = new RateLimiter(clock);

  @Test
  void aBurstIsFreeAndThenOneAfterEachRefill() {
    Allowances allowances = allowances(3, Duration.ofSeconds(10));
    for (int i = 0; i < 3; i++) {
      assertThat(rate.take(1, allowances)).isZero();
    }
    assertThat(rate.take(1, allowances)).isEqualTo(Duration.ofSeconds(10));
    assertThat(rate.take(2, allowances)).as("somebody else").isZero();

    clock.advance(Duration.ofSeconds(10).minus(NANO));
    assertThat(rate.take(1, allowances)).isEqualTo(NANO);
    clock.advance(NANO);
    assertThat(rate.take(1, allowances)).isZero();
    assertThat(rate.take(1, allowances)).isEqualTo(Duration.ofSeconds(10));

    clock.advance(Duration.ofDays(1));
    for (int i = 0; i < 3; i++) {
      assertThat(rate.take(1, allowances)).isZero();
    }
    assertThat(rate.take(1, allowances)).isPositive();
  }

  /**
   * Against the definition: a vessel that time fills and each request empties by one refill. The
   * library's may hold a part of a token more than the burst, never a whole one.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void refusesWhenTheBucketIsEmptyAndOnlyThen(long seed) {
    Random random = new Random(seed);
    int burst = 1 + random.nextInt(10);
    long refill = 1_000_000L * (1 + random.nextInt(5000));
    Allowances allowances = allowances(burst, Duration.ofNanos(refill));
    long least = burst * refill;
    long most = least;
    int taken = 0;
    for (int request = 0; request < 3000; request++) {
      long passed = random.nextInt(3) == 0 ? random.nextLong(3 * refill) : 0;
      clock.advance(Duration.ofNanos(passed));
      least = Math.min(burst * refill, least + passed);
      most = Math.min((burst + 1) * refill - 1, most + passed);

      Duration wait = rate.take(1, allowances);

      assertThat(wait).isBetween(nanos(refill - most), nanos(refill - least));
      if (wait.isZero()) {
        least -= refill;
        most -= refill;
        taken++;
      } else if (random.nextBoolean()) {
        clock.advance(wait);
        assertThat(rate.take(1, allowances)).as("after the time it was told").isZero();
        least += wait.toNanos() - refill;
        most += wait.toNanos() - refill;
      }
    }
    assertThat(taken).isBetween(300, 2700);
  }

  private static Duration nanos(long time) {
    return Duration.ofNanos(Math.max(0, time));
  }

  private static Allowances allowances(int burst, Duration refill) {
    return new Allowances(1, 1, OptionalLong.empty(), burst, refill);
  }
}

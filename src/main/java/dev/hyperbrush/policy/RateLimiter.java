package dev.hyperbrush.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * How fast somebody may ask: a token bucket for each person, of this process alone. Thread-safe.
 *
 * <p>A person with other allowances elsewhere has another bucket there. A bucket is forgotten when
 * it is full again anyway.
 */
public final class RateLimiter {
  private static final int MOST_PEOPLE = 100_000;

  private final InstantSource clock;
  private final TimeMeter meter = new Meter();
  private final Cache<Key, Bucket> buckets;

  public RateLimiter(InstantSource clock) {
    this.clock = clock;
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(MOST_PEOPLE)
            .ticker(meter::currentTimeNanos)
            .expireAfter(Expiry.<Key, Bucket>accessing((key, _) -> key.timeToFill()))
            .build();
  }

  private record Key(long personId, int burst, Duration refill) {
    Duration timeToFill() {
      return refill.multipliedBy(burst);
    }
  }

  /**
   * Takes a token for a request.
   *
   * @return zero when there was one; else the time until there is, and none is taken
   */
  public Duration take(long personId, Allowances allowances) {
    Key key = new Key(personId, allowances.burst(), allowances.refill());
    Bucket bucket = buckets.get(key, this::full);
    return Duration.ofNanos(bucket.tryConsumeAndReturnRemaining(1).getNanosToWaitForRefill());
  }

  private Bucket full(Key key) {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(key.burst()).refillGreedy(1, key.refill()))
        .withCustomTimePrecision(meter)
        .build();
  }

  private final class Meter implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant());
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }
}

package dev.hyperbrush.fakediscord;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Discord's limits on requests, in true time. Thread-safe. */
final class RateLimits {
  private static final int GLOBAL = 50;
  private static final Limit USUAL = new Limit(30, Duration.ofSeconds(5));
  private static final Map<String, Limit> LIMITS =
      Map.of(
          "POST /channels/{channel}/messages", new Limit(5, Duration.ofSeconds(5)),
          "PATCH /channels/{channel}/messages/{message}", new Limit(5, Duration.ofSeconds(5)),
          "DELETE /channels/{channel}/messages/{message}", new Limit(5, Duration.ofSeconds(1)),
          "POST /webhooks/{application}/{token}", new Limit(5, Duration.ofSeconds(2)),
          "PATCH /webhooks/{application}/{token}/messages/{message}",
              new Limit(5, Duration.ofSeconds(2)));

  private final Map<String, Bucket> buckets = new HashMap<>();
  private final Deque<Long> lastSecond = new ArrayDeque<>();

  private record Limit(int count, Duration period) {}

  private static final class Bucket {
    int used;
    long resetAt;
  }

  /**
   * What a request may.
   *
   * @param refused how long to wait, if it may not
   * @param headers to be told in any case
   */
  record Verdict(Optional<Duration> refused, boolean global, Map<String, String> headers) {}

  /**
   * Counts a request.
   *
   * @param major the channel, server or token that has a bucket of its own
   */
  synchronized Verdict count(String route, String major) {
    long now = System.nanoTime();
    if (route.endsWith("/callback")) {
      return new Verdict(Optional.empty(), false, Map.of());
    }
    while (!lastSecond.isEmpty() && now - lastSecond.getFirst() > 1_000_000_000L) {
      lastSecond.removeFirst();
    }
    if (!route.contains("/webhooks/") && lastSecond.size() >= GLOBAL) {
      return new Verdict(Optional.of(Duration.ofSeconds(1)), true, Map.of());
    }
    lastSecond.addLast(now);
    return inBucket(route, major, now);
  }

  private Verdict inBucket(String route, String major, long now) {
    Limit limit = LIMITS.getOrDefault(route, USUAL);
    Bucket bucket = buckets.computeIfAbsent(route + " " + major, key -> new Bucket());
    if (bucket.used == 0 || now - bucket.resetAt >= 0) {
      bucket.used = 0;
      bucket.resetAt = now + limit.period().toNanos();
    }
    Duration left = Duration.ofNanos(bucket.resetAt - now);
    boolean over = bucket.used >= limit.count();
    bucket.used = Math.min(limit.count(), bucket.used + 1);
    Map<String, String> headers = new LinkedHashMap<>();
    double seconds = (left.toMillis() + 1) / 1000.0;
    headers.put("X-RateLimit-Limit", Integer.toString(limit.count()));
    headers.put("X-RateLimit-Remaining", Integer.toString(limit.count() - bucket.used));
    headers.put(
        "X-RateLimit-Reset", "%.3f".formatted(System.currentTimeMillis() / 1000.0 + seconds));
    headers.put("X-RateLimit-Reset-After", "%.3f".formatted(seconds));
    headers.put("X-RateLimit-Bucket", "%08x".formatted(route.hashCode()));
    return new Verdict(over ? Optional.of(left) : Optional.empty(), false, headers);
  }
}

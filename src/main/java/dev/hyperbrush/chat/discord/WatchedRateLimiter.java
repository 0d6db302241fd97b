package dev.hyperbrush.chat.discord;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.requests.RestRateLimiter;
import net.dv8tion.jda.api.requests.Route.CompiledRoute;
import net.dv8tion.jda.api.requests.SequentialRestRateLimiter;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JDA's buckets, in which a request can be seen and taken back: JDA alone says neither whether a
 * request waits or is under way, nor for how long it is asked to wait. What the log says of waits
 * is said here, as JDA names the bucket, and with it the token of an interaction. Thread-safe.
 */
final class WatchedRateLimiter implements RestRateLimiter {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final Logger log = LoggerFactory.getLogger(WatchedRateLimiter.class);

  private final RestRateLimiter buckets;
  private final Map<CompiledRoute, Watch> watches =
      Collections.synchronizedMap(new IdentityHashMap<>());

  WatchedRateLimiter(RateLimitConfig config) {
    buckets = new SequentialRestRateLimiter(config);
  }

  /** Watches the one request that is made with exactly this object. */
  Watch watch(CompiledRoute route) {
    Watch watch = new Watch();
    watches.put(route, watch);
    return watch;
  }

  /** Its request is of no interest any more. */
  void forget(CompiledRoute route) {
    watches.remove(route);
  }

  /** Where one request is. Thread-safe. */
  static final class Watch {
    private boolean underWay;
    private boolean back;
    private Instant end = Instant.EPOCH;

    /** From here on it is not made, also not again; false when it is under way. */
    synchronized boolean takeBack() {
      back |= !underWay;
      return back;
    }

    /** How long Discord wants it to wait, as it was told. */
    synchronized Optional<Duration> wait(Instant now) {
      return Optional.of(Duration.between(now, end)).filter(Duration::isPositive);
    }

    private synchronized boolean begin() {
      underWay = !back;
      return underWay;
    }

    private synchronized void end() {
      underWay = false;
    }

    private synchronized void waitFor(Duration time) {
      end = Instant.now().plus(time);
    }
  }

  @Override
  public void enqueue(Work task) {
    Watch watch = watches.getOrDefault(task.getRoute(), new Watch());
    buckets.enqueue(new Watched(task, watch));
  }

  @Override
  public void stop(boolean shutdown, Runnable callback) {
    buckets.stop(shutdown, callback);
  }

  @Override
  public boolean isStopped() {
    return buckets.isStopped();
  }

  @Override
  public int cancelRequests() {
    return buckets.cancelRequests();
  }

  private record Watched(Work work, Watch watch) implements Work {
    @Override
    public @Nullable Response execute() {
      if (!watch.begin()) {
        work.cancel();
        return null;
      }
      try {
        Response answer = work.execute();
        if (answer != null && answer.code() == TOO_MANY_REQUESTS) {
          refused(answer);
        }
        return answer;
      } finally {
        watch.end();
      }
    }

    private void refused(Response answer) {
      Duration wait = retryAfter(answer);
      watch.waitFor(wait);
      if (answer.header("Via") == null) { // it has not come as far as Discord (and so JDA sees it)
        log.error("Discord's network (cloudflare) lets nothing through for {}", wait);
      } else {
        log.warn("Discord asks to wait {} with {}", wait, getRoute().getBaseRoute());
      }
    }

    private static Duration retryAfter(Response answer) {
      try {
        double seconds = Double.parseDouble(answer.header(RETRY_AFTER_HEADER, "0"));
        return Duration.ofMillis((long) (seconds * 1000));
      } catch (NumberFormatException e) {
        return Duration.ZERO;
      }
    }

    @Override
    public CompiledRoute getRoute() {
      return work.getRoute();
    }

    @Override
    public JDA getJDA() {
      return work.getJDA();
    }

    @Override
    public boolean isSkipped() {
      return work.isSkipped();
    }

    @Override
    public boolean isDone() {
      return work.isDone();
    }

    @Override
    public boolean isPriority() {
      return work.isPriority();
    }

    @Override
    public boolean isCancelled() {
      return work.isCancelled();
    }

    @Override
    public void cancel() {
      work.cancel();
    }
  }
}

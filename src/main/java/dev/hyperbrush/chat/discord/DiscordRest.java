package dev.hyperbrush.chat.discord;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.entities.channel.middleman.GuildChannel;
import net.dv8tion.jda.api.requests.Response;
import net.dv8tion.jda.api.requests.Route.CompiledRoute;
import net.dv8tion.jda.api.sharding.ShardManager;
import net.dv8tion.jda.api.utils.data.DataObject;
import net.dv8tion.jda.internal.JDAImpl;
import net.dv8tion.jda.internal.requests.RestActionImpl;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * Requests as the bot, one after another by whoever calls, on a virtual thread. They go through
 * JDA's buckets, so that no rate is exceeded, but do not wait in them for long: a request that has
 * not begun in a few seconds is taken out again. It names places by their numbers, as after a
 * restart JDA knows few of them. Thread-safe.
 */
final class DiscordRest {
  /** Buckets that are merely full are refilled within about this time. */
  static final Duration PATIENCE = Duration.ofSeconds(6);

  /** A request that has begun, uploads included. */
  private static final Duration LONGEST = Duration.ofSeconds(90);

  /** Between looks at a request that is under way. */
  private static final Duration STEP = Duration.ofMillis(500);

  private final Supplier<Optional<ShardManager>> connection;
  private final Duration patience;

  /**
   * Over a connection that may not stand yet.
   *
   * @param patience until a request begins that must be made
   */
  DiscordRest(Supplier<Optional<ShardManager>> connection, Duration patience) {
    this.connection = connection;
    this.patience = patience;
  }

  /** How long to wait for the beginning of what must be said. */
  Duration patient() {
    return patience;
  }

  /** How long to wait for the beginning of what may as well be left out. */
  Duration impatient() {
    return patience.dividedBy(3);
  }

  /** Discord has asked to wait, and the request was not made. */
  static final class Waiting extends IOException {
    private static final long serialVersionUID = 1;

    private final Duration delay;
    private final boolean everywhere;

    Waiting(Duration delay, boolean everywhere) {
      super("Discord asks to wait");
      this.delay = delay;
      this.everywhere = everywhere;
    }

    Duration delay() {
      return delay;
    }

    /** Whether that holds for all requests. */
    boolean isEverywhere() {
      return everywhere;
    }
  }

  /**
   * Makes a request, and returns what is answered.
   *
   * @param place whose requests are paced together: all go over the same connection
   * @param begin how long it may take until it begins
   * @throws Waiting when it has not begun by then
   * @throws IOException when there is no connection, or no answer in time
   * @throws net.dv8tion.jda.api.exceptions.ErrorResponseException when the answer is an error
   */
  DataObject call(long place, CompiledRoute route, @Nullable RequestBody body, Duration begin)
      throws IOException, InterruptedException {
    JDAImpl jda = connection(place);
    requireNoGlobalLimit(jda, route);
    WatchedRateLimiter buckets = (WatchedRateLimiter) jda.getRequester().getRateLimiter();
    WatchedRateLimiter.Watch watch = buckets.watch(route);
    try {
      CompletableFuture<DataObject> answer =
          new RestActionImpl<DataObject>(jda, route, body, DiscordRest::answered).submit(true);
      return await(answer, watch, jda, begin);
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } catch (CancellationException | RejectedExecutionException e) {
      throw new IOException("the connection to Discord is being closed", e);
    } finally {
      buckets.forget(route);
    }
  }

  /** Without answers, as to a deletion, an empty object. */
  private static DataObject answered(Response response, Object request) {
    return response.optObject().orElseGet(DataObject::empty);
  }

  private DataObject await(
      CompletableFuture<DataObject> answer,
      WatchedRateLimiter.Watch watch,
      JDAImpl jda,
      Duration begin)
      throws IOException, InterruptedException, ExecutionException {
    Optional<DataObject> answered = within(begin, answer);
    Duration waited = begin;
    while (answered.isEmpty() && !watch.takeBack()) { // it is under way
      if (waited.compareTo(LONGEST) > 0) {
        throw new IOException("no answer in " + waited);
      }
      answered = within(STEP, answer);
      waited = waited.plus(STEP);
    }
    if (answered.isEmpty()) {
      answer.cancel(false);
      throw waiting(jda, watch.wait(Instant.now()));
    }
    return answered.get();
  }

  private static Optional<DataObject> within(Duration time, CompletableFuture<DataObject> answer)
      throws InterruptedException, ExecutionException {
    try {
      return Optional.of(answer.get(time.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    }
  }

  /** The largest file that the bot may post there; empty where that is not known. */
  Optional<Long> largestFile(long channel) {
    return connection
        .get()
        .map(shards -> shards.getChannelById(GuildChannel.class, channel))
        .map(known -> known.getGuild().getMaxFileSize());
  }

  private JDAImpl connection(long place) throws IOException {
    List<JDA> shards = connection.get().map(ShardManager::getShards).orElse(List.of());
    if (shards.isEmpty()) {
      throw new IOException("there is no connection to Discord");
    }
    return (JDAImpl) shards.get(Math.floorMod(Long.hashCode(place), shards.size()));
  }

  private void requireNoGlobalLimit(JDAImpl jda, CompiledRoute route) throws Waiting {
    boolean free = route.getBaseRoute().isInteractionBucket();
    if (!free && globalLimit(jda).compareTo(impatient()) > 0) {
      throw waiting(jda, Optional.empty());
    }
  }

  private static Duration globalLimit(JDAImpl jda) {
    var limit = jda.getSessionController().getRateLimitHandle();
    long end = Math.max(limit.getClassic(), limit.getCloudflare());
    return Duration.ofMillis(end - System.currentTimeMillis());
  }

  private Waiting waiting(JDAImpl jda, Optional<Duration> asked) {
    Duration global = globalLimit(jda);
    return global.isPositive()
        ? new Waiting(global, true)
        : new Waiting(asked.orElse(patience), false);
  }

  private static IOException failure(@Nullable Throwable cause) {
    return switch (cause) {
      case IOException e -> e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> new IOException(cause);
    };
  }
}

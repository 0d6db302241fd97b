package dev.hyperbrush.chat.discord;

import java.io.IOException;
import java.time.Duration;
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
  static final Duration PATIENT = Duration.ofSeconds(6);

  /** For what can be left out as well. */
  static final Duration IMPATIENT = Duration.ofSeconds(2);

  /** A request that has begun, uploads included. */
  private static final Duration LONGEST = Duration.ofSeconds(90);

  private final Supplier<Optional<ShardManager>> connection;

  DiscordRest(Supplier<Optional<ShardManager>> connection) {
    this.connection = connection;
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
   * @param patience until it begins
   * @throws Waiting when it has not begun by then
   * @throws IOException when there is no connection, or no answer in time
   * @throws net.dv8tion.jda.api.exceptions.ErrorResponseException when the answer is an error
   */
  DataObject call(long place, CompiledRoute route, @Nullable RequestBody body, Duration patience)
      throws IOException, InterruptedException {
    JDAImpl jda = connection(place);
    requireNoGlobalLimit(jda, route);
    Call call = new Call(jda, route, body);
    try {
      CompletableFuture<DataObject> answer = call.submit(true);
      try {
        return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (call.takeBack()) {
          answer.cancel(false);
          throw waiting(jda);
        }
        return answer.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (ExecutionException e) {
      throw failure(jda, e);
    } catch (CancellationException e) {
      throw waiting(jda);
    } catch (RejectedExecutionException e) {
      throw new IOException("the connection to Discord is being closed", e);
    } catch (TimeoutException e) {
      throw new IOException("no answer in " + LONGEST, e);
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

  private static void requireNoGlobalLimit(JDAImpl jda, CompiledRoute route) throws Waiting {
    boolean free = route.getBaseRoute().isInteractionBucket();
    if (!free && globalLimit(jda).compareTo(IMPATIENT) > 0) {
      throw waiting(jda);
    }
  }

  private static Duration globalLimit(JDAImpl jda) {
    var limit = jda.getSessionController().getRateLimitHandle();
    long end = Math.max(limit.getClassic(), limit.getCloudflare());
    return Duration.ofMillis(end - System.currentTimeMillis());
  }

  private static Waiting waiting(JDAImpl jda) {
    Duration global = globalLimit(jda);
    return global.isPositive() ? new Waiting(global, true) : new Waiting(PATIENT, false);
  }

  private static IOException failure(JDAImpl jda, ExecutionException failed) throws IOException {
    return switch (failed.getCause()) {
      case CancellationException _ -> waiting(jda);
      case IOException e -> e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> new IOException(failed);
    };
  }

  /** One request. It can be taken back until JDA asks, right before it begins, whether to. */
  private static final class Call extends RestActionImpl<DataObject> {
    private boolean asked;
    private boolean back;

    Call(JDA jda, CompiledRoute route, @Nullable RequestBody body) {
      super(jda, route, body, (response, _) -> response.optObject().orElseGet(DataObject::empty));
      setCheck(this::mayBegin);
    }

    private synchronized boolean mayBegin() {
      asked = true;
      return !back;
    }

    /**
     * From here on it does not begin; false when it may have begun. Then JDA either answers it, or
     * finds out within half a minute, when it tidies up, that it is not wanted any more.
     */
    synchronized boolean takeBack() {
      back = true;
      return !asked;
    }
  }
}

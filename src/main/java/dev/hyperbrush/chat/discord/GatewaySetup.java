package dev.hyperbrush.chat.discord;

import java.util.EnumSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import net.dv8tion.jda.api.requests.GatewayIntent;
import net.dv8tion.jda.api.requests.RestConfig;
import net.dv8tion.jda.api.sharding.DefaultShardManagerBuilder;
import net.dv8tion.jda.api.sharding.ShardManager;
import net.dv8tion.jda.api.utils.ChunkingFilter;
import net.dv8tion.jda.api.utils.MemberCachePolicy;
import net.dv8tion.jda.api.utils.cache.CacheFlag;

/**
 * How JDA is set up: nothing cached that commands do not need, no intents, requests on virtual
 * threads. The threads are here, as JDA leaves those behind that it makes for a connection that
 * fails. Thread-safe.
 */
final class GatewaySetup implements AutoCloseable {
  /** Seconds: Discord is back for people as soon as it is back. */
  private static final int LONGEST_RECONNECT_DELAY = 32;

  private static final int LARGE_SERVER = 50;
  private static final int BY_DISCORDS_ADVICE = -1;

  private final DiscordSettings settings;
  private final GatewayListener listener;
  private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService pacing =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("discord-pacing").daemon().factory());

  GatewaySetup(DiscordSettings settings, GatewayListener listener) {
    this.settings = settings;
    this.listener = listener;
  }

  /**
   * Connects; takes as long as a few requests do.
   *
   * @throws RuntimeException of JDA when the token is wrong or Discord cannot be reached
   */
  ShardManager connect(String token) {
    return DefaultShardManagerBuilder.createLight(token, EnumSet.noneOf(GatewayIntent.class))
        .setRestConfigProvider(_ -> rest())
        .setSessionController(new GatewaySessions(settings.api()))
        .setShardsTotal(settings.shards() == 0 ? BY_DISCORDS_ADVICE : settings.shards())
        .setMemberCachePolicy(MemberCachePolicy.NONE)
        .setChunkingFilter(ChunkingFilter.NONE)
        .disableCache(EnumSet.allOf(CacheFlag.class))
        .setLargeThreshold(LARGE_SERVER)
        .setMaxReconnectDelay(LONGEST_RECONNECT_DELAY)
        .setEnableShutdownHook(false)
        .setRateLimitElastic(requests, false)
        .setRateLimitScheduler(pacing, false)
        .setCallbackPool(requests, false)
        .setRawEventsEnabled(true)
        .addEventListeners(listener)
        .build();
  }

  private RestConfig rest() {
    RestConfig rest = new RestConfig().setRateLimiterFactory(WatchedRateLimiter::new);
    settings.api().ifPresent(api -> rest.setBaseUrl(directory(api.toString())));
    return rest;
  }

  private static String directory(String url) {
    return url.endsWith("/") ? url : url + "/";
  }

  @Override
  public void close() {
    pacing.shutdownNow();
    requests.shutdown();
  }
}

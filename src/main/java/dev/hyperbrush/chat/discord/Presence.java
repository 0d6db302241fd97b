package dev.hyperbrush.chat.discord;

import dev.hyperbrush.chat.Texts;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import net.dv8tion.jda.api.entities.Activity;
import net.dv8tion.jda.api.sharding.ShardManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says beside the bot's name how many pictures wait, in English, as everybody sees the same.
 * Seldom: a gateway takes few messages. Thread-safe.
 */
final class Presence implements AutoCloseable {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(30);
  private static final Logger log = LoggerFactory.getLogger(Presence.class);

  private final Supplier<Optional<ShardManager>> connection;
  private final IntSupplier waiting;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("discord-presence").daemon().factory());
  private String shown = "";

  Presence(Supplier<Optional<ShardManager>> connection, IntSupplier waiting) {
    this.connection = connection;
    this.waiting = waiting;
  }

  /** Begins to look. */
  void open() {
    ScheduledFuture<?> _ =
        timer.scheduleWithFixedDelay(
            this::look, BETWEEN_LOOKS.toMillis(), BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Says it again, as a new connection knows nothing of what was said. */
  synchronized void connected() {
    shown = "";
    look();
  }

  private synchronized void look() {
    try {
      String now = text(waiting.getAsInt());
      Optional<ShardManager> shards = connection.get();
      if (shards.isPresent() && !now.equals(shown)) {
        shards.get().setActivity(Activity.customStatus(now));
        shown = now;
      }
    } catch (RuntimeException e) { // a timer would stop for good
      log.warn("The presence on Discord cannot be changed: {}", e.toString());
    }
  }

  static String text(int waiting) {
    return waiting == 0 ? "/imagine" : Texts.get(Locale.ENGLISH, "discord.waiting", waiting);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}

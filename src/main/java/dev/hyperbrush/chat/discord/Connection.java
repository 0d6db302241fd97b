package dev.hyperbrush.chat.discord;

import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.events.session.GenericSessionEvent;
import net.dv8tion.jda.api.events.session.ShutdownEvent;
import net.dv8tion.jda.api.exceptions.InvalidTokenException;
import net.dv8tion.jda.api.requests.CloseCode;
import net.dv8tion.jda.api.sharding.ShardManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to Discord: made on a thread of its own, and made again until it stands; only a
 * wrong token ends that. What goes wrong is one line of the log. Thread-safe.
 */
final class Connection implements AutoCloseable {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(3);
  private static final Logger log = LoggerFactory.getLogger(Connection.class);

  private final DiscordSettings settings;
  private final GatewaySetup setup;
  private final GatewayListener listener;
  private final Consumer<ShardManager> connected;
  private final AtomicReference<Optional<ShardManager>> standing =
      new AtomicReference<>(Optional.empty());
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService connecting =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("discord-connect").factory());
  private Optional<ReasonCode> told = Optional.empty();

  /**
   * Not connected before {@link #open}.
   *
   * @param interactions must return at once
   * @param connected is called on a thread of its own, after every connection that was made
   */
  Connection(
      DiscordSettings settings, Consumer<Incoming> interactions, Consumer<ShardManager> connected) {
    this.settings = settings;
    this.listener = new GatewayListener(interactions, this::session);
    this.setup = new GatewaySetup(settings, listener);
    this.connected = connected;
  }

  /** Begins to connect. */
  void open() {
    settings.token().ifPresent(token -> connecting.execute(() -> connect(token)));
  }

  /** Empty while there is none. */
  Optional<ShardManager> shards() {
    return standing.get();
  }

  private void connect(String token) {
    try {
      Duration pause = FIRST_PAUSE;
      while (!tried(token) && !awaitClosed(pause)) {
        pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
      }
    } catch (InterruptedException e) {
      log.info("Interrupted: the bot does not go on Discord");
    }
  }

  /** Whether that was the last try. */
  private boolean tried(String token) {
    try {
      stood(setup.connect(token));
      return true;
    } catch (InvalidTokenException e) {
      tell(Phrase.of(ReasonCode.DISCORD_TOKEN_WRONG));
      return true;
    } catch (Refusal refusal) {
      tell(refusal.phrase());
      return false;
    } catch (RuntimeException e) {
      tell(Phrase.of(ReasonCode.DISCORD_UNREACHABLE, api(), cause(e)));
      return false;
    }
  }

  private void stood(ShardManager shards) {
    standing.set(Optional.of(shards));
    if (closed.getCount() == 0) {
      stop();
    } else {
      connecting.execute(() -> connected.accept(shards));
    }
  }

  /** Waits; true when this was closed meanwhile. */
  boolean awaitClosed(Duration time) throws InterruptedException {
    return closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  private String api() {
    return settings.api().map(Object::toString).orElse("discord.com");
  }

  private static String cause(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = Optional.ofNullable(root.getMessage()).orElse("");
    return root.getClass().getSimpleName()
        + (message.isEmpty() ? "" : ", " + message.lines().findFirst().orElse(""));
  }

  /** Says it once, not at every try. */
  private synchronized void tell(Phrase what) {
    if (closed.getCount() > 0 && !told.equals(Optional.of(what.code()))) {
      told = Optional.of(what.code());
      log.warn(what.english());
    }
  }

  private void session(GenericSessionEvent event) {
    if (event instanceof ShutdownEvent end) {
      ended(end);
    } else {
      synchronized (this) {
        told = Optional.empty();
      }
    }
  }

  /** A shard has ended by itself: of the reasons that JDA does not go on after. */
  private void ended(ShutdownEvent end) {
    if (closed.getCount() == 0 || end.getCode() == 1000) {
      return;
    }
    if (end.getCloseCode() == CloseCode.AUTHENTICATION_FAILED) {
      tell(Phrase.of(ReasonCode.DISCORD_TOKEN_WRONG));
      return;
    }
    tell(Phrase.of(ReasonCode.DISCORD_CLOSED, end.getCode()));
    connecting.execute(this::again);
  }

  /** With everything anew, as there can be more servers now than so many connections may have. */
  private void again() {
    try {
      if (!awaitClosed(LONGEST_PAUSE) && standing.get().isPresent()) {
        stop();
        settings.token().ifPresent(this::connect);
      }
    } catch (InterruptedException e) {
      log.info("Interrupted: the bot does not go back on Discord");
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private void stop() {
    standing.getAndSet(Optional.empty()).ifPresent(Connection::stop);
  }

  private static void stop(ShardManager manager) {
    List<JDA> shards = manager.getShards();
    manager.shutdown();
    try {
      for (JDA shard : shards) {
        if (!shard.awaitShutdown(STOP_LIMIT)) {
          shard.shutdownNow();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    listener.close();
    connecting.shutdown();
    try {
      if (!connecting.awaitTermination(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        log.debug("A connection to Discord is still being made; it will be ended then");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    stop();
    setup.close();
  }
}

package dev.hyperbrush.chat.telegram;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import okhttp3.OkHttpClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.longpolling.BotSession;
import org.telegram.telegrambots.longpolling.TelegramBotsLongPollingApplication;
import org.telegram.telegrambots.meta.TelegramUrl;
import org.telegram.telegrambots.meta.api.methods.updates.GetUpdates;
import org.telegram.telegrambots.meta.api.objects.Update;
import org.telegram.telegrambots.meta.exceptions.TelegramApiException;

/**
 * Asks Telegram for updates again and again, on one thread of its own that keeps no program
 * running.
 *
 * <p>The library asks for what comes behind the updates that it handed over last, which confirms
 * those: Telegram forgets them. So the taker must have them in the database when it returns; as
 * long as it throws, it gets the same again, and Telegram is asked nothing. Thread-safe.
 */
final class Polling implements AutoCloseable {
  /** Short enough that a connection which died without a word is noticed in seconds. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private static final Duration SILENCE = Duration.ofSeconds(14);
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(3);
  private static final int MOST_AT_ONCE = 100;

  /** After a week without any update, Telegram counts on from a number of its own choice. */
  private static final Duration COUNTED_ON = Duration.ofDays(1);

  private static final Logger log = LoggerFactory.getLogger(Polling.class);

  private final String token;
  private final TelegramUrl url;
  private final PollPause pause;
  private final InstantSource clock;
  private final Consumer<List<Update>> taker;
  private final OkHttpClient http;
  private final ScheduledThreadPoolExecutor executor =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("telegram-poll").factory());
  private final TelegramBotsLongPollingApplication application;
  private volatile Optional<BotSession> session = Optional.empty();
  private volatile Instant lastUpdate;

  /**
   * Polls nothing before {@link #start}.
   *
   * @param taker is given updates on the polling thread; what it does with them is committed when
   *     it returns
   */
  Polling(
      String token,
      TelegramUrl url,
      ConnectionNews news,
      PollPause pause,
      InstantSource clock,
      Consumer<List<Update>> taker) {
    this.token = token;
    this.url = url;
    this.pause = pause;
    this.clock = clock;
    this.taker = taker;
    this.lastUpdate = clock.instant();
    http =
        TelegramApi.http(SILENCE, SILENCE.plus(SILENCE))
            .newBuilder()
            .addInterceptor(new PollGuard(pause, news))
            .build();
    application =
        new TelegramBotsLongPollingApplication(
            com.fasterxml.jackson.databind.ObjectMapper::new,
            () -> http,
            () -> executor,
            () -> pause);
  }

  /**
   * Begins to poll.
   *
   * @throws TelegramApiException when the server cannot be reached; may be called again then
   */
  void start() throws TelegramApiException {
    try {
      session = Optional.of(application.registerBot(token, () -> url, this::request, this::take));
    } catch (TelegramApiException | RuntimeException e) {
      application.unregisterBot(token); // a bot whose start failed counts as registered
      throw e;
    }
  }

  private GetUpdates request(Integer last) {
    // What could not be taken over before it was all over must not be confirmed.
    boolean counted =
        !pause.isOver() && last > 0 && clock.instant().isBefore(lastUpdate.plus(COUNTED_ON));
    if (!counted) {
      session.ifPresent(polled -> polled.getLastReceivedUpdate().set(0)); // or it drops lower ones
    }
    return GetUpdates.builder()
        .offset(counted ? last + 1 : null)
        .limit(MOST_AT_ONCE)
        .timeout((int) LONGEST_WAIT.toSeconds())
        .allowedUpdates(UpdateReader.KINDS)
        .build();
  }

  /** Never throws: the library would not poll again, and not say so. */
  private void take(List<Update> updates) {
    lastUpdate = clock.instant();
    boolean open = !pause.isOver();
    while (open && !taken(updates)) {
      open = pause.sleep(BETWEEN_TRIES);
    }
  }

  private boolean taken(List<Update> updates) {
    try {
      taker.accept(updates);
      return true;
    } catch (Throwable e) {
      log.error("{} updates from Telegram could not be taken over yet", updates.size(), e);
      return false;
    }
  }

  /** Polls no more; what is being taken over is finished, as its thread may be in the database. */
  @Override
  public void close() {
    pause.end();
    session.ifPresent(BotSession::stop);
    http.dispatcher().cancelAll();
    executor.shutdown();
    try {
      if (!executor.awaitTermination(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("Polling Telegram goes on for a moment");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    http.connectionPool().evictAll();
    http.dispatcher().executorService().shutdown();
  }
}

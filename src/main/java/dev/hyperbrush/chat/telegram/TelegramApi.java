package dev.hyperbrush.chat.telegram;

import java.io.IOException;
import java.io.Serializable;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.telegram.telegrambots.client.okhttp.OkHttpTelegramClient;
import org.telegram.telegrambots.meta.TelegramUrl;
import org.telegram.telegrambots.meta.api.methods.botapimethods.BotApiMethod;
import org.telegram.telegrambots.meta.api.methods.botapimethods.PartialBotApiMethod;
import org.telegram.telegrambots.meta.api.methods.send.SendDocument;
import org.telegram.telegrambots.meta.api.methods.send.SendMediaGroup;
import org.telegram.telegrambots.meta.api.methods.send.SendPhoto;
import org.telegram.telegrambots.meta.api.methods.updatingmessages.EditMessageMedia;
import org.telegram.telegrambots.meta.api.objects.ResponseParameters;
import org.telegram.telegrambots.meta.exceptions.TelegramApiException;
import org.telegram.telegrambots.meta.exceptions.TelegramApiRequestException;
import org.telegram.telegrambots.meta.exceptions.TelegramApiValidationException;

/**
 * Calls the Bot API, at once: what counts against Telegram's limits goes through a {@link
 * TelegramSender} instead. Thread-safe; calls wait for their answer, on virtual threads best.
 */
final class TelegramApi implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** Between two bytes; Telegram takes its time over a picture that it has just been sent. */
  private static final Duration SILENCE = Duration.ofSeconds(60);

  /** Of a whole call: less than the outbox waits for a courier. */
  private static final Duration LONGEST_CALL = Duration.ofSeconds(100);

  /** Most calls wait for an upload; the library's 5 would let few of them hold up all others. */
  private static final int AT_THE_SAME_TIME = 64;

  private final String token;
  private final OkHttpClient http;
  private final OkHttpTelegramClient client;

  private TelegramApi(String token, TelegramUrl url) {
    this.token = token;
    this.http = http(SILENCE, LONGEST_CALL);
    this.client = new OkHttpTelegramClient(http, token, url);
  }

  /** As the bot with this token, at the server that the settings name. */
  static TelegramApi open(String token, TelegramSettings settings) {
    return new TelegramApi(token, url(settings));
  }

  /** The server that the settings name, or Telegram's own. */
  static TelegramUrl url(TelegramSettings settings) {
    return settings.api().map(TelegramApi::url).orElse(TelegramUrl.DEFAULT_URL);
  }

  private static TelegramUrl url(URI api) {
    int usual = "http".equals(api.getScheme()) ? 80 : 443;
    return TelegramUrl.builder()
        .schema(api.getScheme())
        .host(api.getHost())
        .port(api.getPort() < 0 ? usual : api.getPort())
        .build();
  }

  /**
   * A client whose threads keep no program running, and which sends nothing twice by itself: what
   * was posted before its answer was lost would be there twice.
   */
  static OkHttpClient http(Duration silence, Duration longestCall) {
    Dispatcher dispatcher = new Dispatcher(Executors.newVirtualThreadPerTaskExecutor());
    dispatcher.setMaxRequests(AT_THE_SAME_TIME);
    dispatcher.setMaxRequestsPerHost(AT_THE_SAME_TIME);
    return new OkHttpClient.Builder()
        .dispatcher(dispatcher)
        .addInterceptor(new PlainPages())
        .connectTimeout(CONNECT)
        .readTimeout(silence)
        .writeTimeout(silence)
        .callTimeout(longestCall)
        .retryOnConnectionFailure(false)
        .followRedirects(false)
        .build();
  }

  /**
   * Calls and waits for the answer.
   *
   * @throws TelegramFailure when Telegram refuses, or the way there fails
   */
  <T extends Serializable> T call(PartialBotApiMethod<T> method)
      throws TelegramFailure, InterruptedException {
    try {
      return begin(method).get();
    } catch (ExecutionException e) {
      throw failure(method.getMethod(), Objects.requireNonNullElse(e.getCause(), e));
    } catch (TelegramApiException e) {
      throw failure(method.getMethod(), e);
    }
  }

  @SuppressWarnings("unchecked") // each answers with what its own class says
  private <T extends Serializable> CompletableFuture<T> begin(PartialBotApiMethod<T> method)
      throws TelegramApiException {
    return (CompletableFuture<T>)
        switch (method) {
          case BotApiMethod<T> plain -> client.executeAsync(plain);
          case SendPhoto photo -> client.executeAsync(photo);
          case SendDocument document -> client.executeAsync(document);
          case SendMediaGroup album -> client.executeAsync(album);
          case EditMessageMedia edit -> client.executeAsync(edit);
          default -> throw new IllegalArgumentException("not called here: " + method.getMethod());
        };
  }

  private TelegramFailure failure(String method, Throwable cause) {
    if (cause instanceof TelegramApiRequestException refused && refused.getErrorCode() != null) {
      ResponseParameters more = refused.getParameters();
      return new TelegramFailure(
          method,
          refused.getErrorCode(),
          withoutToken(String.valueOf(refused.getApiResponse())),
          Optional.ofNullable(more).map(ResponseParameters::getRetryAfter).map(Duration::ofSeconds),
          Optional.ofNullable(more).map(ResponseParameters::getMigrateToChatId));
    } else if (cause instanceof TelegramApiValidationException) { // it was never sent
      return new TelegramFailure(
          method, 400, String.valueOf(cause.getMessage()), Optional.empty(), Optional.empty());
    }
    Throwable reason = cause.getCause() instanceof IOException network ? network : cause;
    return TelegramFailure.noAnswer(method, withoutToken(reason.toString()), !isUnsent(reason));
  }

  /** Whether there was nobody to send it to. */
  private static boolean isUnsent(Throwable reason) {
    return reason instanceof ConnectException
        || reason instanceof NoRouteToHostException
        || reason instanceof UnknownHostException;
  }

  private String withoutToken(String text) {
    return text.replace(token, "…");
  }

  /** Ends what is under way. */
  @Override
  public void close() {
    http.dispatcher().cancelAll();
    http.connectionPool().evictAll();
    http.dispatcher().executorService().shutdown();
  }
}

package dev.hyperbrush.chat.telegram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import okhttp3.Interceptor;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.methods.updates.GetUpdates;
import org.telegram.telegrambots.meta.exceptions.TelegramApiRequestException;

/**
 * Stands between the library that polls and Telegram, and sees to what the library does not: the
 * wait that Telegram asks for, answers that come empty at once, and updates of a later Bot API that
 * the library cannot read, one of which would stop all behind it for good. Thread-safe.
 */
final class PollGuard implements Interceptor {
  /** What Telegram answers to another program that polls for the same bot ends by itself. */
  private static final Duration AFTER_CONFLICT = Duration.ofSeconds(3);

  private static final Duration AFTER_WRONG_TOKEN = Duration.ofMinutes(1);
  private static final Duration AT_ONCE = Duration.ofMillis(200);
  private static final Duration BETWEEN_EMPTY = Duration.ofMillis(500);
  private static final int SHORT = 100;
  private static final int LONGEST_ERROR = 65_536;
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Logger log = LoggerFactory.getLogger(PollGuard.class);

  private final PollPause pause;
  private final ConnectionNews news;

  PollGuard(PollPause pause, ConnectionNews news) {
    this.pause = pause;
    this.news = news;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response;
    try {
      response = chain.proceed(chain.request());
    } catch (IOException e) {
      if (!pause.isOver()) {
        news.unreachable(e);
      }
      throw e;
    }
    if (!response.isSuccessful()) {
      refused(response);
      return response;
    }
    news.fine();
    String path = chain.request().url().encodedPath().toLowerCase(Locale.ROOT);
    return path.endsWith("/getupdates") ? readable(response) : response;
  }

  private void refused(Response response) throws IOException {
    news.refused(response.code());
    switch (response.code()) {
      case 401, 404 -> pause.ask(AFTER_WRONG_TOKEN);
      case 409 -> pause.ask(AFTER_CONFLICT);
      case 429 -> pause.ask(retryAfter(response.peekBody(LONGEST_ERROR).string()));
      default -> {}
    }
  }

  private static Duration retryAfter(String body) {
    try {
      long seconds = MAPPER.readTree(body).path("parameters").path("retry_after").asLong(1);
      return Duration.ofSeconds(Math.max(seconds, 1));
    } catch (JsonProcessingException e) {
      return Duration.ofSeconds(1);
    }
  }

  private Response readable(Response response) throws IOException {
    String body = response.body().string();
    String readable = canBeRead(body) ? body : withoutUnreadable(body);
    Duration took =
        Duration.ofMillis(response.receivedResponseAtMillis() - response.sentRequestAtMillis());
    if (took.compareTo(AT_ONCE) < 0 && isEmpty(readable)) {
      pause.sleep(BETWEEN_EMPTY);
    }
    ResponseBody rest = ResponseBody.create(readable, response.body().contentType());
    return response.newBuilder().body(rest).build();
  }

  private static boolean canBeRead(String body) {
    try {
      new GetUpdates().deserializeResponse(body);
      return true;
    } catch (TelegramApiRequestException | RuntimeException e) {
      return false;
    }
  }

  private static boolean isEmpty(String body) {
    return body.length() < SHORT && body.replace(" ", "").contains("\"result\":[]");
  }

  /** Of what cannot be read only the number is left, so that it counts as received. */
  private static String withoutUnreadable(String body) throws IOException {
    JsonNode all = MAPPER.readTree(body);
    ObjectNode answer = MAPPER.createObjectNode().put("ok", true);
    ArrayNode updates = answer.putArray("result");
    for (JsonNode update : all.path("result")) {
      if (canBeRead(answer(update))) {
        updates.add(update);
      } else if (update.path("update_id").canConvertToInt()) {
        log.warn("Telegram's update {} cannot be read", update.path("update_id").asInt());
        updates.addObject().put("update_id", update.path("update_id").asInt());
      }
    }
    return MAPPER.writeValueAsString(answer);
  }

  private static String answer(JsonNode update) throws IOException {
    ObjectNode answer = MAPPER.createObjectNode().put("ok", true);
    answer.putArray("result").add(update);
    return MAPPER.writeValueAsString(answer);
  }
}

package dev.hyperbrush.chat.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hyperbrush.TestClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.telegram.telegrambots.meta.TelegramUrl;
import org.telegram.telegrambots.meta.api.objects.Update;
import org.telegram.telegrambots.meta.exceptions.TelegramApiException;

/** Polls a server that answers what a test says, with the real library. */
final class PollingTest {
  /** What the server answers. */
  private record Answer(int status, String body) {}

  private static final String NOTHING = "{\"ok\":true,\"result\":[]}";

  private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final List<Integer> taken = Collections.synchronizedList(new ArrayList<>());
  private final TestClock clock = new TestClock();
  private final PollPause pause = new PollPause(new Random(3));
  private final AtomicInteger failures = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;
  private Polling polling;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
    polling =
        new Polling(
            "7:secret",
            TelegramUrl.builder()
                .schema("http")
                .host("127.0.0.1")
                .port(server.getAddress().getPort())
                .build(),
            new ConnectionNews("a test"),
            pause,
            clock,
            this::take);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Answer answer = new Answer(200, "{\"ok\":true,\"result\":true}");
    if (exchange.getRequestURI().getPath().endsWith("getupdates")) {
      requests.add(body);
      answer = next();
    }
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private Answer next() {
    try {
      Answer answer = answers.poll(300, TimeUnit.MILLISECONDS);
      return answer == null ? new Answer(200, NOTHING) : answer;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void take(List<Update> updates) {
    if (failures.getAndUpdate(left -> Math.max(left - 1, 0)) > 0) {
      throw new IllegalStateException("the database is away");
    }
    updates.forEach(update -> taken.add(update.getUpdateId()));
  }

  private void says(String... updates) {
    answers.add(new Answer(200, "{\"ok\":true,\"result\":[" + String.join(",", updates) + "]}"));
  }

  private static String update(int id) {
    return "{\"update_id\":" + id + "}";
  }

  @AfterEach
  void stop() {
    polling.close();
    server.stop(0);
    threads.shutdown();
  }

  @Test
  void goesOnBehindWhatItHasTaken() throws TelegramApiException {
    says(update(5), update(6));
    says(update(7));
    polling.start();
    await().until(() -> taken.size() == 3 && requests.size() >= 3);
    assertThat(taken).containsExactly(5, 6, 7);
    assertThat(requests.getFirst()).doesNotContain("offset").contains("chat_member");
    assertThat(requests.get(1)).contains("\"offset\":7");
    assertThat(requests.get(2)).contains("\"offset\":8");
  }

  @Test
  void confirmsNothingThatCouldNotBeTaken() throws TelegramApiException {
    failures.set(1);
    says(update(5));
    polling.start();
    await().until(() -> !taken.isEmpty());
    await().until(() -> requests.getLast().contains("\"offset\":6"));
    assertThat(taken).containsExactly(5);
    assertThat(requests.stream().filter(request -> !request.contains("offset"))).hasSize(1);
  }

  @Test
  void confirmsNothingThatCouldNotBeTakenBeforeTheEnd() throws TelegramApiException {
    failures.set(Integer.MAX_VALUE);
    says(update(5));
    polling.start();
    await().until(() -> failures.get() < Integer.MAX_VALUE);
    pause.end();
    await().until(() -> requests.size() >= 2);
    assertThat(requests).noneMatch(request -> request.contains("offset"));
  }

  @Test
  void takesTheRestWhenOneUpdateCannotBeRead() throws TelegramApiException {
    polling.start();
    says(
        update(5),
        "{\"update_id\":6,\"message\":{\"message_id\":1,\"from\":{\"is_bot\":\"?\"}}}",
        update(7));
    await().until(() -> taken.size() == 3);
    assertThat(taken).containsExactly(5, 6, 7);
  }

  @Test
  void comesBackAfterErrors() throws TelegramApiException {
    polling.start();
    answers.add(new Answer(502, "<html>bad gateway</html>"));
    answers.add(new Answer(500, "{\"ok\":false,\"error_code\":500,\"description\":\"oops\"}"));
    answers.add(new Answer(200, "not even JSON"));
    says(update(5));
    await().until(() -> taken.size() == 1);
  }

  @Test
  void waitsAsLongAsTelegramAsks() {
    pause.ask(Duration.ofSeconds(17));
    assertThat(pause.next()).isEqualTo(Duration.ofSeconds(17));
    for (int failure = 0; failure < 100; failure++) {
      assertThat(pause.next()).isBetween(Duration.ofMillis(100), PollPause.LONGEST);
    }
    pause.ask(Duration.ofDays(9));
    assertThat(pause.next()).isEqualTo(Duration.ofMinutes(10));
  }
}

package dev.hyperbrush.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hyperbrush.config.AppConfig;
import dev.hyperbrush.generation.IoReason;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

/**
 * The bot that runs on a data folder, spoken to by another process on the same machine: as its page
 * does, with the rights of whoever uses that. Its address stands in the file {@code page.url} while
 * it runs. Immutable.
 */
record RunningBot(URI url, Optional<String> token) {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final int HTTP_OK = 200;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What it answered. */
  private record Answer(boolean refused, String text) {}

  /** Leaves the address for others to find. */
  static void announce(Path data, String url) {
    try {
      Files.writeString(file(data), url + "\n");
    } catch (IOException e) {
      throw new Refusal(Phrase.of(ReasonCode.STORAGE_NOT_WRITABLE, file(data), IoReason.of(e)), e);
    }
  }

  /** Takes the address away. */
  static void leave(Path data) throws IOException {
    Files.deleteIfExists(file(data));
  }

  /**
   * The bot on a data folder.
   *
   * @throws Refusal when none runs there
   */
  private static RunningBot find(Path data, Optional<String> token) {
    try {
      return new RunningBot(URI.create(Files.readString(file(data)).strip()), token);
    } catch (IOException | IllegalArgumentException e) {
      throw new Refusal(Phrase.of(ReasonCode.BOT_NOT_RUNNING, data), e);
    }
  }

  /** Whether one says that it runs on a data folder; it may have died since. */
  static boolean isThere(Path data) {
    return Files.exists(file(data));
  }

  private static Path file(Path data) {
    return data.resolve("page.url");
  }

  /**
   * Says a line to the bot of these settings, prints what it answers, and returns the exit code.
   *
   * @throws Refusal when none runs, or it does not answer
   */
  static int ask(AppConfig config, String line, CommandLine terminal) throws InterruptedException {
    Answer answer = find(config.data(), config.web().accessToken()).say(line, Locale.getDefault());
    PrintWriter out = answer.refused ? terminal.getErr() : terminal.getOut();
    out.println(answer.text);
    out.flush();
    return answer.refused ? 1 : 0;
  }

  /**
   * Asks the bot on a data folder whether it is well.
   *
   * @throws Refusal when none runs, or it does not answer in time, or not as it should
   */
  static void requireHealth(Path data) throws InterruptedException {
    URI url = find(data, Optional.empty()).url;
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT_LIMIT).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(url.resolve("/health")).timeout(CONNECT_LIMIT).build();
      int status = client.send(request, BodyHandlers.discarding()).statusCode();
      if (status != HTTP_OK) {
        throw new Refusal(ReasonCode.BOT_NOT_ANSWERING, url, "it says " + status);
      }
    } catch (IOException e) {
      throw new Refusal(Phrase.of(ReasonCode.BOT_NOT_ANSWERING, url, IoReason.of(e)), e);
    }
  }

  private Answer say(String line, Locale locale) throws InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT_LIMIT).build()) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(url.resolve("/api/command"))
              .header("Content-Type", "application/json")
              .header("Accept-Language", locale.toLanguageTag())
              .POST(BodyPublishers.ofString(JSON.writeValueAsString(Map.of("line", line))));
      token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      return answer(JSON.readTree(response.body()));
    } catch (IOException e) {
      throw new Refusal(Phrase.of(ReasonCode.BOT_NOT_ANSWERING, url, IoReason.of(e)), e);
    }
  }

  private static Answer answer(JsonNode reply) {
    boolean refused = reply.path("code").isTextual();
    return new Answer(refused, reply.path("text").asText(reply.path("message").asText()));
  }
}

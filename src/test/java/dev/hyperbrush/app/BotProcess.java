package dev.hyperbrush.app;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The real program in a process of its own, which can be killed. */
public final class BotProcess implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final Process process;
  private final BufferedReader output;
  private final HttpClient client = HttpClient.newHttpClient();
  private final StringBuilder said = new StringBuilder();
  private URI url = URI.create("about:blank");

  private BotProcess(Process process) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts {@code hyperbrush} with these arguments; does not wait. */
  static BotProcess run(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add("dev.hyperbrush.app.Main");
    command.addAll(List.of(arguments));
    return new BotProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  /** Serves at a free port, and is ready when this returns. */
  public static BotProcess serve(Path data) throws IOException {
    BotProcess bot = run("serve", "--port", "0", "--data", data.toString());
    StringBuilder said = bot.said;
    for (String line = bot.output.readLine(); line != null; line = bot.output.readLine()) {
      said.append(line).append('\n');
      int at = line.indexOf("http://");
      if (at >= 0) {
        bot.url = URI.create(line.substring(at).strip());
        return bot;
      }
    }
    bot.close();
    throw new AssertionError("the program ended: " + said);
  }

  String saidBeforeReady() {
    return said.toString();
  }

  public String url() {
    return url.toString();
  }

  /** Says a line as the page does, and returns the answer. */
  JsonNode say(String line) throws IOException, InterruptedException {
    String body = JSON.createObjectNode().put("line", line).toString();
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve("/api/command"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    return JSON.readTree(client.send(request, BodyHandlers.ofString()).body());
  }

  /** The job once it has ended, done or not. */
  JsonNode awaitEnd(long job) {
    return await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> job(job), BotProcess::ended);
  }

  JsonNode job(long job) throws IOException, InterruptedException {
    return JSON.readTree(get("/api/jobs/" + job).body());
  }

  static boolean ended(JsonNode job) {
    return Stream.of("done", "failed", "cancelled").anyMatch(job.path("state").asText()::equals);
  }

  byte[] picture(JsonNode job) throws IOException, InterruptedException {
    return get(job.at("/pictures/0/url").asText()).body();
  }

  HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(url.resolve(path)).build(), BodyHandlers.ofByteArray());
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM; returns the exit code. */
  int stop() throws InterruptedException {
    process.toHandle().destroy(); // Process.destroy would close its output, too
    return process.waitFor();
  }

  /** What it says until it ends by itself. */
  String awaitOutput() throws IOException {
    StringBuilder said = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      said.append(line).append('\n');
    }
    return said.toString();
  }

  int exitCode() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    client.close();
  }
}

package dev.hyperbrush.chat.web;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hyperbrush.command.Commands;
import dev.hyperbrush.command.Parts;
import dev.hyperbrush.delivery.DeliverySettings;
import dev.hyperbrush.delivery.Outbox;
import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.generation.Seed;
import dev.hyperbrush.policy.ExampleModels;
import dev.hyperbrush.policy.ModerationSettings;
import dev.hyperbrush.policy.OperatorSettings;
import dev.hyperbrush.queue.JobQueue;
import dev.hyperbrush.queue.Worker;
import dev.hyperbrush.store.BacklogDao;
import dev.hyperbrush.store.Database;
import dev.hyperbrush.store.DeliveryDao;
import dev.hyperbrush.store.JobState;
import dev.hyperbrush.store.NewJob;
import dev.hyperbrush.store.Origin;
import dev.hyperbrush.store.PersonDao;
import dev.hyperbrush.store.PictureStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** The page of a real queue, whose worker paints circles; and a client to ask it. */
final class OpenPage implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final PaintedCircles painter = new PaintedCircles();
  private final Database database;
  private final PictureStore files;
  private final JobQueue queue;
  private final PersonDao people;
  private final Commands commands;
  private final Worker worker;
  private final DeliveryDao deliveries;
  private WebServer server;
  private Outbox outbox;

  OpenPage(Path data) {
    this(data, WebSettings.local(0));
  }

  OpenPage(Path data, WebSettings settings) {
    database = Database.open(data);
    files = PictureStore.open(data);
    deliveries = new DeliveryDao(database);
    queue = JobQueue.open(database, files, InstantSource.system());
    people = new PersonDao(database, InstantSource.system());
    commands =
        new Commands(
            new Parts(
                database,
                files,
                queue,
                ExampleModels.choices(),
                OperatorSettings.standard(),
                ModerationSettings.NONE,
                InstantSource.system(),
                new Random()));
    worker = Worker.start(queue, painter, painter);
    server = start(settings);
    outbox = startOutbox();
  }

  private Outbox startOutbox() {
    return Outbox.start(
        database,
        queue.events(),
        Map.of(WebServer.PLATFORM, server.courier()),
        DeliverySettings.standard(),
        InstantSource.system(),
        new Random());
  }

  /** Starts a server for the same queue. */
  WebServer start(WebSettings settings) {
    return WebServer.start(
        settings, commands, queue, files, people, deliveries, new BacklogDao(database));
  }

  String url() {
    return server.url();
  }

  JobQueue queue() {
    return queue;
  }

  DeliveryDao deliveries() {
    return deliveries;
  }

  HttpResponse<String> delete(String path, String... headers) {
    return send(request(path, headers).DELETE(), BodyHandlers.ofString());
  }

  OwnJobs ownJobs() {
    return new OwnJobs(queue, deliveries, commands, people);
  }

  PaintedCircles painter() {
    return painter;
  }

  HttpResponse<String> get(String path, String... headers) {
    return send(request(path, headers).GET(), BodyHandlers.ofString());
  }

  HttpResponse<byte[]> getBytes(String path) {
    return send(request(path).GET(), BodyHandlers.ofByteArray());
  }

  HttpResponse<String> post(String path, String json, String... headers) {
    return post(path, BodyPublishers.ofString(json), headers);
  }

  /** Posts without saying how long the body is. */
  HttpResponse<String> postChunked(String path, String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return post(path, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)));
  }

  private HttpResponse<String> post(
      String path, HttpRequest.BodyPublisher body, String... headers) {
    HttpRequest.Builder request = request(path, headers).POST(body);
    if (!List.of(headers).contains("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    return send(request, BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url()).resolve(path));
    return headers.length == 0 ? request : request.headers(headers);
  }

  private <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> body) {
    try {
      return client.send(request.build(), body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  SseReader events() {
    HttpResponse<InputStream> response =
        send(request("/api/events").GET(), BodyHandlers.ofInputStream());
    return new SseReader(response.body());
  }

  JsonNode json(String path) {
    return read(get(path).body());
  }

  JsonNode read(String json) {
    try {
      return new JsonMapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + json, e);
    }
  }

  /** Draws what a line says, and returns the finished job. */
  JsonNode draw(String line) {
    String body = new JsonMapper().createObjectNode().put("line", line).toString();
    JsonNode reply = read(post("/api/command", body).body());
    long id = reply.at("/jobs/0/id").asLong();
    awaitDone(id);
    return json("/api/jobs/" + id);
  }

  /** What a verb answers to a form. */
  JsonNode form(String verb, Map<String, String> values) {
    JsonMapper json = new JsonMapper();
    String body = json.createObjectNode().put("verb", verb).putPOJO("values", values).toString();
    return read(post("/api/form", body).body());
  }

  void awaitDone(long job) {
    await()
        .pollInterval(Duration.ofMillis(5))
        .until(() -> queue.find(job).orElseThrow().state() == JobState.DONE);
  }

  /** Has a picture drawn for a person of another platform. */
  long submitForSomebodyElse(String prompt) {
    long person = people.idOf("discord", "1", "Somebody else");
    GenerationRequest request =
        new GenerationRequest(
            "small",
            prompt,
            "",
            new ImageSize(64, 64),
            4,
            0,
            "TCD",
            0,
            new Seed(1),
            1,
            List.of(),
            0);
    Origin origin = new Origin("discord", "2", Optional.empty());
    return queue.submit(NewJob.plain(person, origin, request)).id();
  }

  void closeServer() {
    server.close();
  }

  /** Starts the server again, where it was before. */
  void restartServer() {
    outbox.close();
    server = start(WebSettings.local(URI.create(url()).getPort()));
    outbox = startOutbox();
  }

  @Override
  public void close() {
    outbox.close();
    server.close();
    painter.letGo();
    worker.close();
    database.close();
    client.close();
  }
}

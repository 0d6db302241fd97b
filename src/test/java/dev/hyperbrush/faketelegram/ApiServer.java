package dev.hyperbrush.faketelegram;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hyperbrush.faketelegram.Faults.Fault;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** HTTP in front of the world. Thread-safe. */
final class ApiServer {
  private final World world;
  private final Faults faults;
  private final String token;
  private final Map<String, Method> methods = new HashMap<>();
  private final HttpServer http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  ApiServer(World world, Faults faults, String token, int port) throws IOException {
    this.world = world;
    this.faults = faults;
    this.token = token;
    methods.putAll(new BotMethods(world).methods());
    methods.putAll(new SendMethods(world).methods());
    methods.putAll(new EditMethods(world).methods());
    methods.putAll(new QueryMethods(world).methods());
    methods.putAll(new ChatMethods(world).methods());
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
    http.createContext("/", this::handle);
    http.setExecutor(threads);
    http.start();
  }

  int port() {
    return http.getAddress().getPort();
  }

  /** Ends all connections, those of long polls too. */
  void stop() {
    http.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (path.startsWith("/file/bot" + token + "/")) {
        download(exchange, path.substring(("/file/bot" + token + "/").length()));
      } else if (path.startsWith("/bot")) {
        api(exchange, path.substring("/bot".length()));
      } else {
        answer(exchange, 404, Refusal.of(404, "Not Found").json());
      }
    } catch (RuntimeException e) {
      world.journal.violation("fake", "failed: " + e);
      throw e;
    }
  }

  private void api(HttpExchange exchange, String path) throws IOException {
    int slash = path.lastIndexOf('/');
    String method = path.substring(slash + 1).toLowerCase(Locale.ROOT);
    boolean known = slash > 0 && path.substring(0, slash).equals(token) && !faults.revoked();
    Optional<Fault> fault = faults.of(method);
    if (!known) {
      Refusal refusal = Refusal.of(401, "Unauthorized");
      world.journal.refused(method, refusal);
      answer(exchange, 401, refusal.json());
      return;
    }
    switch (fault.orElse(null)) {
      case null -> answer(exchange, method);
      case Fault.DropInRequest drop -> half(exchange);
      case Fault.DropAnswer drop -> result(exchange, method);
      case Fault.Page page -> page(exchange, page.status());
      case Fault.Answer refusal -> refuse(exchange, method, refusal);
    }
  }

  /** Takes some of what is sent; the connection ends with the exchange. */
  private static void half(HttpExchange exchange) throws IOException {
    if (exchange.getRequestBody().read(new byte[100]) < 0) {
      exchange.getRequestBody().close();
    }
  }

  private static void page(HttpExchange exchange, int status) throws IOException {
    exchange.getRequestBody().readAllBytes();
    String html = "<html><body><h1>%d</h1><hr>nginx</body></html>".formatted(status);
    send(exchange, status, "text/html", html.getBytes(UTF_8));
  }

  private void refuse(HttpExchange exchange, String method, Fault.Answer refusal)
      throws IOException {
    Parameters parameters = parameters(exchange);
    String chat = parameters.text("chat_id").orElse("");
    ObjectNode json = Refusal.of(refusal.code(), refusal.description()).json();
    if (refusal.retryAfter().isPresent()) {
      int seconds = refusal.retryAfter().get();
      json.putObject("parameters").put("retry_after", seconds);
      synchronized (world) {
        heed(method, chat);
        world.rates.silence(method + chat, world.now().plus(Duration.ofSeconds(seconds)));
      }
    }
    world.journal.call(method, parameters.all());
    world.journal.refusals.add(
        new FakeTelegram.Refused(method, refusal.code(), refusal.description()));
    answer(exchange, refusal.code(), json);
  }

  /** Notes it when somebody comes who was told to wait. */
  private void heed(String method, String chat) {
    if (world.rates.breaksSilence(method + chat, world.now())) {
      world.journal.violation(method, "called again before retry_after was over");
    }
  }

  private static Parameters parameters(HttpExchange exchange) throws IOException {
    String type =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type")).orElse("");
    String query = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
    return Parameters.read(type, exchange.getRequestBody().readAllBytes(), query);
  }

  private void answer(HttpExchange exchange, String method) throws IOException {
    ObjectNode json = result(exchange, method);
    answer(exchange, json.path("ok").asBoolean() ? 200 : json.path("error_code").asInt(), json);
  }

  private ObjectNode result(HttpExchange exchange, String name) throws IOException {
    try {
      Parameters parameters = parameters(exchange);
      world.journal.call(name, parameters.all());
      Method method = methods.get(name);
      if (method == null) {
        world.journal.violation(name, "there is no such method");
        throw Refusal.of(404, "Not Found");
      }
      ObjectNode json = JsonNodeFactory.instance.objectNode().put("ok", true);
      json.set("result", call(name, method, parameters));
      return json;
    } catch (Refusal refusal) {
      world.journal.refused(name, refusal);
      return refusal.json();
    }
  }

  private JsonNode call(String name, Method method, Parameters parameters) {
    synchronized (world) {
      try {
        heed(name, parameters.all().getOrDefault("chat_id", ""));
        JsonNode result = method.call(parameters);
        parameters
            .unknown()
            .forEach(field -> world.journal.violation(name, "unknown parameter " + field));
        return result;
      } catch (InterruptedException e) {
        throw Refusal.of(500, "Internal Server Error: restart");
      }
    }
  }

  private void download(HttpExchange exchange, String path) throws IOException {
    Optional<StoredFile> file;
    synchronized (world) {
      file = world.files.at(path);
    }
    if (file.isEmpty()) {
      answer(exchange, 404, Refusal.of(404, "Not Found").json());
    } else {
      send(exchange, 200, "application/octet-stream", file.get().content());
    }
  }

  private static void answer(HttpExchange exchange, int status, ObjectNode json)
      throws IOException {
    exchange.getRequestBody().readAllBytes();
    send(exchange, status, "application/json", json.toString().getBytes(UTF_8));
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] bytes)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  static ApiServer start(World world, Faults faults, String token, int port) {
    try {
      return new ApiServer(world, faults, token, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

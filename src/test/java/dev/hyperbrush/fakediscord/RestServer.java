package dev.hyperbrush.fakediscord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Discord's REST API and its files over HTTP. Thread-safe. */
final class RestServer implements AutoCloseable {
  private static final String ROOT = "/api/v10";
  private static final int MOST_READ = (25 << 20) + 65_536;
  private static final int PART_OF_AN_UPLOAD = 20_000;

  static {
    // Else every answer over a kept connection waits 40 ms for an acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final World world;
  private final Faults faults;
  private final List<Route> routes;
  private final CallLog calls;
  private final RateLimits limits = new RateLimits();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  RestServer(World world, Faults faults, List<Route> routes, CallLog calls) {
    this.world = world;
    this.faults = faults;
    this.routes = routes;
    this.calls = calls;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext(ROOT, this::serve);
    server.createContext("/attachments", this::serveFile);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath().substring(ROOT.length());
    String asked = exchange.getRequestMethod() + " " + path;
    try (exchange) {
      for (Route route : routes) {
        Optional<Map<String, String>> names =
            route.match(exchange.getRequestMethod(), decode(path));
        if (names.isPresent()) {
          serve(exchange, route, names.get());
          return;
        }
      }
      world.violation("unknown route " + asked);
      exchange.getRequestBody().readAllBytes();
      send(exchange, asked, 404, ApiError.notFound().body().toString(), Map.of());
    }
  }

  private void serve(HttpExchange exchange, Route route, Map<String, String> names)
      throws IOException {
    Optional<Fault> fault = faults.take(route.name());
    if (fault.isPresent() && fault.get() instanceof Fault.CutUpload) {
      exchange.getRequestBody().readNBytes(PART_OF_AN_UPLOAD);
      calls.add(route.name(), 0);
      return;
    }
    byte[] body = exchange.getRequestBody().readNBytes(MOST_READ);
    if (fault.isPresent() && fault.get() instanceof Fault.Answer answer) {
      send(exchange, route.name(), answer.status(), answer.body(), answer.headers());
      return;
    }
    RateLimits.Verdict verdict = limits.count(route.name(), Route.major(names));
    if (verdict.refused().isPresent()) {
      refuse(exchange, route, verdict, verdict.refused().get());
      return;
    }
    try {
      checkHeaders(exchange, route);
      RestRequest request = request(exchange, names, body);
      Answer answer = world.locked(() -> route.work().apply(request));
      if (fault.isPresent()) {
        calls.add(route.name(), 0);
        return;
      }
      String text = answer.body().map(Json::text).orElse("");
      send(exchange, route.name(), answer.status(), text, verdict.headers());
    } catch (ApiError e) {
      calls.error(route.name(), e);
      if (CallLog.isClientsFault(e)) {
        world.violation(route.name() + ": " + e.body());
      }
      send(exchange, route.name(), e.status, e.body().toString(), verdict.headers());
    }
  }

  private void refuse(HttpExchange exchange, Route route, RateLimits.Verdict verdict, Duration wait)
      throws IOException {
    world.violation("more often than allowed: " + route.name());
    Fault.Answer answer =
        (Fault.Answer)
            (verdict.global() ? Fault.tooManyRequestsGlobally(wait) : Fault.tooManyRequests(wait));
    Map<String, String> headers = new HashMap<>(verdict.headers());
    headers.putAll(answer.headers());
    send(exchange, route.name(), 429, answer.body(), headers);
  }

  private void checkHeaders(HttpExchange exchange, Route route) {
    String agent = exchange.getRequestHeaders().getFirst("User-Agent");
    if (agent == null || !agent.startsWith("DiscordBot (")) {
      world.violation("User-Agent " + agent);
    }
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    if (!route.isOpen() && !("Bot " + world.token).equals(authorization)) {
      throw ApiError.unauthorized();
    }
  }

  private static RestRequest request(
      HttpExchange exchange, Map<String, String> names, byte[] body) {
    Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    if (type != null && type.startsWith("multipart/form-data")) {
      Multipart multipart = new Multipart(type, body);
      return new RestRequest(names, query, multipart.json, multipart.files, body.length);
    }
    if (body.length > 0 && (type == null || !type.startsWith("application/json"))) {
      throw new ApiError(400, 50035, "Invalid Form Body");
    }
    JsonNode json =
        body.length == 0
            ? MissingNode.getInstance()
            : RestRequest.json(new String(body, StandardCharsets.UTF_8));
    return new RestRequest(names, query, json, List.of(), body.length);
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> query = new HashMap<>();
    if (raw != null) {
      Arrays.stream(raw.split("&", -1))
          .map(pair -> pair.split("=", 2))
          .forEach(pair -> query.put(pair[0], pair.length > 1 ? decode(pair[1]) : ""));
    }
    return query;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private void send(
      HttpExchange exchange, String route, int status, String body, Map<String, String> headers)
      throws IOException {
    calls.add(route, status);
    exchange.getResponseHeaders().set("Via", "1.1 google");
    if (status == 429 && !headers.containsKey("Via")) {
      exchange.getResponseHeaders().remove("Via");
    }
    headers.forEach(exchange.getResponseHeaders()::set);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    if (bytes.length == 0) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private void serveFile(HttpExchange exchange) throws IOException {
    try (exchange) {
      String[] steps = exchange.getRequestURI().getPath().split("/", -1);
      long end =
          Long.parseLong(query(exchange.getRequestURI().getRawQuery()).getOrDefault("ex", "0"), 16);
      FakeFile file = world.locked(() -> world.files.get(Long.parseUnsignedLong(steps[3])));
      if (file == null || world.now().getEpochSecond() > end) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      exchange.getResponseHeaders().set("Content-Type", file.type());
      exchange.sendResponseHeaders(200, file.bytes().length);
      exchange.getResponseBody().write(file.bytes());
    }
  }
}

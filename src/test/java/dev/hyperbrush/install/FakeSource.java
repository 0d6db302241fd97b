package dev.hyperbrush.install;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A site on loopback that gives files away, or misbehaves as it is told to. Thread-safe. */
public final class FakeSource implements AutoCloseable {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");

  /** What it does instead of answering properly. */
  @FunctionalInterface
  public interface Fault {
    /** Whether it has dealt with the request. */
    boolean meets(HttpExchange exchange, Stored file) throws IOException;
  }

  /** A file as it has it. */
  @SuppressWarnings("ArrayRecordComponent") // its bytes are never compared
  public record Stored(byte[] content, Optional<String> etag, boolean ranges) {}

  /** A request as it came. */
  public record Request(String path, Optional<String> range, Optional<String> authorization) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Stored> files = new ConcurrentHashMap<>();
  private final ConcurrentLinkedDeque<Fault> faults = new ConcurrentLinkedDeque<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);

  public FakeSource() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  public URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  public void put(String path, byte[] content) {
    put(path, new Stored(content, Optional.of("\"v" + Arrays.hashCode(content) + "\""), true));
  }

  public void put(String path, Stored file) {
    files.put(path, file);
  }

  /** For the next requests, one each. */
  public void next(Fault... some) {
    faults.addAll(Arrays.asList(some));
  }

  public List<Request> requests() {
    return requests;
  }

  /** An answer without a body. */
  public static Fault status(int status, String... header) {
    return (exchange, _) -> {
      for (int i = 0; i < header.length; i += 2) {
        exchange.getResponseHeaders().set(header[i], header[i + 1]);
      }
      exchange.sendResponseHeaders(status, -1);
      exchange.close();
      return true;
    };
  }

  public static Fault none() {
    return (_, _) -> false;
  }

  /** Sends some bytes of what it has announced, and cuts the connection. */
  public static Fault dropAfter(int bytes) {
    return (exchange, file) -> {
      Piece piece = Piece.of(exchange, file);
      piece.announce(exchange, file);
      exchange.getResponseBody().write(piece.bytes(file), 0, bytes);
      exchange.getResponseBody().flush();
      throw new IOException("dropped");
    };
  }

  /** Sends some bytes of what it has announced, and then nothing for as long as it runs. */
  public Fault stallAfter(int bytes) {
    return (exchange, file) -> {
      Piece piece = Piece.of(exchange, file);
      piece.announce(exchange, file);
      exchange.getResponseBody().write(piece.bytes(file), 0, bytes);
      exchange.getResponseBody().flush();
      try {
        closing.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      throw new IOException("stopped");
    };
  }

  /** What a request asks for; {@code to} is behind the last byte. */
  private record Piece(int from, int to, boolean partial) {
    static Piece of(HttpExchange exchange, Stored file) {
      String range = exchange.getRequestHeaders().getFirst("Range");
      Matcher asked = RANGE.matcher(String.valueOf(range));
      String only = exchange.getRequestHeaders().getFirst("If-Range");
      boolean same = only == null || Optional.of(only).equals(file.etag());
      if (!file.ranges() || !asked.matches() || !same) {
        return new Piece(0, file.content().length, false);
      }
      int from = Integer.parseInt(asked.group(1));
      int to =
          asked.group(2).isEmpty() ? file.content().length : Integer.parseInt(asked.group(2)) + 1;
      return new Piece(from, Math.min(to, file.content().length), true);
    }

    byte[] bytes(Stored file) {
      return Arrays.copyOfRange(file.content(), from, to);
    }

    void announce(HttpExchange exchange, Stored file) throws IOException {
      file.etag().ifPresent(tag -> exchange.getResponseHeaders().set("ETag", tag));
      if (partial) {
        exchange
            .getResponseHeaders()
            .set("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + file.content().length);
      }
      exchange.sendResponseHeaders(partial ? 206 : 200, to - from);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().substring(1);
    requests.add(
        new Request(
            path,
            Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range")),
            Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))));
    Stored file = files.getOrDefault(path, new Stored(new byte[0], Optional.empty(), true));
    Fault fault = Optional.ofNullable(faults.poll()).orElse(none());
    if (fault.meets(exchange, file)) {
      return;
    }
    if (!files.containsKey(path)) {
      status(404).meets(exchange, file);
      return;
    }
    Piece piece = Piece.of(exchange, file);
    if (piece.from() >= file.content().length) {
      status(416, "Content-Range", "bytes */" + file.content().length).meets(exchange, file);
      return;
    }
    piece.announce(exchange, file);
    exchange.getResponseBody().write(piece.bytes(file));
    exchange.close();
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}

package dev.hyperbrush.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLException;

/**
 * Asks a platform's API one thing at a time and tells a network that is away, a refusal and a limit
 * apart. What it says holds neither the address below the host nor any header, as tokens stand
 * there. Thread-safe.
 */
public final class ApiProbe implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int TOO_MANY = 429;
  private static final int MILLIS = 1000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build();
  private final URI base;
  private final Map<String, String> headers;

  /**
   * Asks below an address.
   *
   * @param base ends with a slash
   */
  public ApiProbe(URI base, Map<String, String> headers) {
    this.base = base;
    this.headers = Map.copyOf(headers);
  }

  /** What came of a question. */
  public sealed interface Answer {}

  /** The platform answered; the body is missing where it is no JSON. */
  public record Said(int status, JsonNode body) implements Answer {}

  /** The platform wants to be left alone for so long. */
  public record Limited(Duration pause) implements Answer {}

  /** Nobody answered, for this reason. */
  public record Silent(String reason) implements Answer {}

  public String host() {
    return base.getHost();
  }

  /**
   * Asks with GET.
   *
   * @param path below the base
   */
  public Answer get(String path) throws InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(LIMIT);
    headers.forEach(request::header);
    try {
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      JsonNode body = json(response.body());
      return response.statusCode() == TOO_MANY
          ? new Limited(wait(response, body))
          : new Said(response.statusCode(), body);
    } catch (IOException e) {
      return new Silent(reason(e));
    }
  }

  private static JsonNode json(String body) {
    try {
      JsonNode read = JSON.readTree(body);
      return read == null ? MissingNode.getInstance() : read;
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  private static Duration wait(HttpResponse<String> response, JsonNode body) {
    JsonNode said =
        body.has("retry_after") ? body.path("retry_after") : body.at("/parameters/retry_after");
    double seconds =
        said.isNumber()
            ? said.asDouble()
            : response.headers().firstValue("Retry-After").map(ApiProbe::number).orElse(1.0);
    return Duration.ofMillis(Math.round(seconds * MILLIS));
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return 1;
    }
  }

  /** Never the exception's own words, which may hold the address. */
  private static String reason(IOException e) {
    Throwable cause = e.getCause();
    if (e instanceof UnknownHostException || isUnresolved(e)) {
      return "its name cannot be found, so this machine has no network or no DNS";
    } else if (e instanceof HttpTimeoutException) {
      return "it does not answer within " + LIMIT.toSeconds() + " seconds";
    } else if (e instanceof ConnectException) {
      return "the connection is refused or has no way there";
    } else if (e instanceof SSLException || cause instanceof SSLException) {
      return "no safe connection can be made (TLS); something between may be reading along";
    }
    return "the connection breaks off";
  }

  private static boolean isUnresolved(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof UnresolvedAddressException) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    client.close();
  }
}

package dev.hyperbrush.faketelegram;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Calls the fake without any library. Thread-safe. */
final class Wire implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final String api;

  Wire(FakeTelegram telegram) {
    api = telegram.api() + "/bot" + telegram.token() + "/";
  }

  /** The answer to a call; single quotes stand for double ones. */
  JsonNode call(String method, String json) {
    return parsed(post(method, "application/json; charset=utf-8", json.replace('\'', '"')).body());
  }

  JsonNode form(String method, String form) {
    return parsed(post(method, "application/x-www-form-urlencoded", form).body());
  }

  HttpResponse<String> post(String method, String type, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(api + method))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new LostConnection(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode parsed(String body) {
    try {
      return Parameters.JSON.readTree(body);
    } catch (IOException e) {
      throw new AssertionError(body, e);
    }
  }

  @Override
  public void close() {
    http.close();
  }

  /** There was no answer. */
  static final class LostConnection extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LostConnection(IOException cause) {
      super(cause);
    }
  }
}

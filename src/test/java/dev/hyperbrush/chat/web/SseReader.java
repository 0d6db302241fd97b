package dev.hyperbrush.chat.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Reads server-sent events, one by one. Owned by one thread. */
final class SseReader implements AutoCloseable {
  private final InputStream stream;
  private final BufferedReader lines;

  SseReader(InputStream stream) {
    this.stream = stream;
    this.lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
  }

  /** An event and its data. */
  record Event(String name, JsonNode data) {}

  /** Waits for an event. */
  Event next() throws IOException {
    String name = "";
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("event: ")) {
        name = line.substring("event: ".length());
      } else if (line.startsWith("data: ")) {
        return new Event(name, new JsonMapper().readTree(line.substring("data: ".length())));
      }
    }
    throw new IOException("the stream has ended");
  }

  /** Waits for an event of this name, passing over others. */
  JsonNode awaitNext(String name) throws IOException {
    Event event = next();
    while (!event.name().equals(name)) {
      event = next();
    }
    return event.data();
  }

  /** Returns when the stream is at its end, whatever is in it. */
  void awaitEnd() {
    try {
      lines.lines().forEach(any -> {});
    } catch (UncheckedIOException cutOff) {
      // An end too.
    }
  }

  @Override
  public void close() {
    try {
      stream.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

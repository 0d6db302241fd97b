package dev.hyperbrush.chat.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Server-sent events to one open page (WHATWG HTML, 9.2). Thread-safe: one event is written at a
 * time, and a write that fails, because the browser has left, closes the stream.
 */
final class EventStream {
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

  private final ServletOutputStream out;
  private final ObjectMapper json;
  private final ReentrantLock lock = new ReentrantLock();
  private final CountDownLatch closed = new CountDownLatch(1);

  EventStream(ServletOutputStream out, ObjectMapper json) {
    this.out = out;
    this.json = json;
  }

  /** Sends an event; false when the browser has left. */
  boolean send(String event, Object data) {
    try {
      // JSON has no raw line breaks, so one data line holds it.
      return write("event: " + event + "\ndata: " + json.writeValueAsString(data) + "\n\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON: " + data, e);
    }
  }

  /** Waits until the browser has left or {@link #close} was called; notices a silent leaving. */
  void keepOpen() throws InterruptedException {
    while (!closed.await(KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS)) {
      write(": still here\n\n");
    }
  }

  void close() {
    closed.countDown();
  }

  private boolean write(String text) {
    lock.lock();
    try {
      if (closed.getCount() > 0) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
        return true;
      }
    } catch (IOException browserHasLeft) {
      close();
    } finally {
      lock.unlock();
    }
    return false;
  }
}

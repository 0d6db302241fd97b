package dev.hyperbrush.chat.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.queue.JobEvents;
import dev.hyperbrush.queue.Subscription;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * {@code GET /api/events}: what happens, to every open page. Thread-safe. Each page is served by
 * the virtual thread of its request and by that of its subscription, so a slow one delays nobody.
 */
final class EventRoutes implements AutoCloseable {
  /** Browsers open six connections at most to one server; this is for many browsers. */
  static final int MOST_PAGES = 64;

  private final OwnJobs jobs;
  private final JobEvents events;
  private final WebCourier courier;
  private final ObjectMapper json;
  private final Semaphore places = new Semaphore(MOST_PAGES);
  private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  EventRoutes(OwnJobs jobs, JobEvents events, WebCourier courier, ObjectMapper json) {
    this.jobs = jobs;
    this.events = events;
    this.courier = courier;
    this.json = json;
  }

  void addTo(RoutesConfig routes) {
    routes.get("/api/events", this::serve);
  }

  private void serve(Context request) throws IOException, InterruptedException {
    if (closed || !places.tryAcquire()) {
      throw new Refusal(ReasonCode.WEB_TOO_MANY_PAGES, MOST_PAGES);
    }
    try {
      serve(request, jobs.language(request));
    } finally {
      places.release();
    }
  }

  private void serve(Context request, Locale language) throws IOException, InterruptedException {
    request.contentType("text/event-stream; charset=utf-8").header("Cache-Control", "no-store");
    request.header("X-Accel-Buffering", "no"); // a proxy must not hold events back
    EventStream stream = new EventStream(request.res().getOutputStream(), json);
    open.add(stream);
    try (PageEvents page = new PageEvents(stream, jobs, events, language);
        Subscription _ = events.subscribe(page);
        Subscription _ = courier.opened(page)) {
      page.begin();
      if (!closed) {
        stream.keepOpen();
      }
    } finally {
      open.remove(stream);
    }
  }

  /** Ends every stream, so that the server can stop. */
  @Override
  public void close() {
    closed = true;
    open.forEach(EventStream::close);
  }
}

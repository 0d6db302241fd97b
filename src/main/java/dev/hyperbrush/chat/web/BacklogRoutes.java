package dev.hyperbrush.chat.web;

import dev.hyperbrush.store.BacklogDao;
import io.javalin.config.RoutesConfig;

/**
 * {@code GET /api/backlog}: who waits with how much work. What somebody asks for is their own
 * business; that they ask is the operator's, who alone can open the page. Thread-safe.
 */
final class BacklogRoutes {
  /** The others have little. */
  private static final int MOST = 100;

  private final BacklogDao backlog;

  BacklogRoutes(BacklogDao backlog) {
    this.backlog = backlog;
  }

  void addTo(RoutesConfig routes) {
    routes.get("/api/backlog", request -> request.json(backlog.people(MOST)));
  }
}

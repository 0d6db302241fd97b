package dev.hyperbrush.chat.web;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * {@code /api/ended}: the jobs that ended without a picture, until the person has taken note of
 * them. Thread-safe.
 */
final class EndedRoutes {
  private static final Pattern ID = Pattern.compile("[0-9]{1,18}");

  private final OwnJobs jobs;

  EndedRoutes(OwnJobs jobs) {
    this.jobs = jobs;
  }

  void addTo(RoutesConfig routes) {
    routes.get("/api/ended", this::list);
    routes.delete("/api/ended/{id}", this::dismiss);
  }

  private void list(Context request) {
    Locale language = jobs.language(request);
    request.json(jobs.ended().stream().map(job -> jobs.json(job, language)).toList());
  }

  /** To say so twice is fine: two pages may be open. */
  private void dismiss(Context request) {
    String id = request.pathParam("id");
    if (!ID.matcher(id).matches()) {
      throw new Refusal(ReasonCode.WEB_NOT_FOUND, request.path());
    }
    jobs.dismiss(Long.parseLong(id));
    request.status(HttpStatus.NO_CONTENT);
  }
}

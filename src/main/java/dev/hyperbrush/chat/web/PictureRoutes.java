package dev.hyperbrush.chat.web;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.Picture;
import dev.hyperbrush.store.PictureStore;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code GET /pictures/7/0.png}: own pictures; with {@code ?download} as a file. Thread-safe. */
final class PictureRoutes {
  private static final Pattern NUMBERS = Pattern.compile("/pictures/(\\d{1,18})/(\\d{1,4})\\.png");
  private static final int LONGEST_NAME = 60;

  private final OwnJobs jobs;
  private final PictureStore files;

  PictureRoutes(OwnJobs jobs, PictureStore files) {
    this.jobs = jobs;
    this.files = files;
  }

  void addTo(RoutesConfig routes) {
    routes.get("/pictures/{job}/{file}", this::send);
  }

  private void send(Context request) throws IOException {
    Matcher numbers = NUMBERS.matcher(request.path());
    if (!numbers.matches()) {
      throw new Refusal(ReasonCode.WEB_NOT_FOUND, request.path());
    }
    long jobId = Long.parseLong(numbers.group(1));
    int index = Integer.parseInt(numbers.group(2));
    Job job =
        jobs.find(jobId).orElseThrow(() -> new Refusal(ReasonCode.WEB_NOT_FOUND, request.path()));
    Picture picture =
        jobs.picture(jobId, index)
            .orElseThrow(() -> new Refusal(ReasonCode.WEB_NOT_FOUND, request.path()));
    String etag = '"' + picture.sha256() + '"';
    request.header("ETag", etag).header("Cache-Control", "private, max-age=31536000, immutable");
    if (etag.equals(request.header("If-None-Match"))) {
      request.status(HttpStatus.NOT_MODIFIED);
      return;
    }
    if (request.queryParamMap().containsKey("download")) {
      request.header("Content-Disposition", "attachment; filename=\"" + name(job, index) + '"');
    }
    Path file = files.file(picture);
    request
        .contentType("image/png")
        .header("Content-Length", String.valueOf(Files.size(file)))
        .result(Files.newInputStream(file));
  }

  /** For example {@code hyperbrush-7-a-red-circle.png}: only what every file system takes. */
  static String name(Job job, int index) {
    String words = job.request().prompt().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String trimmed =
        (words.length() > LONGEST_NAME ? words.substring(0, LONGEST_NAME) : words)
            .replaceAll("^-+|-+$", "");
    String number =
        job.request().count() > 1 ? job.id() + "-" + (index + 1) : String.valueOf(job.id());
    return "hyperbrush-" + number + (trimmed.isEmpty() ? "" : "-" + trimmed) + ".png";
  }
}

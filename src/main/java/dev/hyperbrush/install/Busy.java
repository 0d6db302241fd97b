package dev.hyperbrush.install;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import okhttp3.Response;

/** A source answers that it cannot now; later it may. */
final class Busy extends IOException {
  private static final long serialVersionUID = 1;

  private final Duration retryAfter;

  private Busy(int status, Duration retryAfter) {
    super("it answers with status " + status);
    this.retryAfter = retryAfter;
  }

  static Busy of(Response answer, Instant now) {
    Duration asked =
        Optional.ofNullable(answer.header("Retry-After"))
            .map(String::strip)
            .map(text -> asked(text, now))
            .orElse(Duration.ZERO);
    return new Busy(answer.code(), asked);
  }

  /** Zero for a failure that asks for nothing. */
  static Duration retryAfter(IOException failure) {
    return failure instanceof Busy busy ? busy.retryAfter : Duration.ZERO;
  }

  /** Seconds, or a date (RFC 9110, 10.2.3). */
  private static Duration asked(String text, Instant now) {
    if (text.matches("\\d{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(text));
    }
    try {
      Instant then = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO;
    } catch (DateTimeException e) {
      return Duration.ZERO;
    }
  }
}

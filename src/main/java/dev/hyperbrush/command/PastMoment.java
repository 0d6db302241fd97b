package dev.hyperbrush.command;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A moment as people name it when they look back: a day, {@code 2026-03-01}, or so long ago, {@code
 * 7d}. Days are those of UTC, as no platform tells where somebody lives. Immutable.
 *
 * @param begin its first instant
 * @param end the first instant behind it; the same unless it is a day
 */
public record PastMoment(Instant begin, Instant end) {
  private static final Pattern AGO = Pattern.compile("(\\d{1,4}) ?([hdwmy])");
  private static final int FIRST_YEAR = 1970;
  private static final int LAST_YEAR = 9999;

  /** The moment that {@code text} names; empty when it names none. */
  static Optional<PastMoment> read(String text, Instant now) {
    Matcher ago = AGO.matcher(text.toLowerCase(Locale.ROOT));
    if (ago.matches()) {
      return Optional.of(
          at(now.minus(unit(ago.group(2)).multipliedBy(Long.parseLong(ago.group(1))))));
    }
    try {
      return Optional.of(text.indexOf('T') > 0 ? at(Instant.parse(text)) : day(text))
          .filter(PastMoment::isPossible);
    } catch (DateTimeException noDate) {
      return Optional.empty();
    }
  }

  private static Duration unit(String sign) {
    return switch (sign) {
      case "h" -> Duration.ofHours(1);
      case "d" -> Duration.ofDays(1);
      case "w" -> Duration.ofDays(7);
      case "m" -> Duration.ofDays(30);
      default -> Duration.ofDays(365);
    };
  }

  private static PastMoment at(Instant moment) {
    return new PastMoment(moment, moment);
  }

  private static PastMoment day(String text) {
    LocalDate date = LocalDate.parse(text);
    return new PastMoment(
        date.atStartOfDay(ZoneOffset.UTC).toInstant(),
        date.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  /** Whether every database can hold it. */
  private static boolean isPossible(PastMoment moment) {
    int year = moment.begin().atOffset(ZoneOffset.UTC).getYear();
    return year >= FIRST_YEAR && year < LAST_YEAR;
  }
}

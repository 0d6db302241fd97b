package dev.hyperbrush.command;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.Shown;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Moments that lie ahead, as people write them: {@code 7d}, {@code 2026-12-31}. */
final class Deadline {
  private static final Pattern SPAN = Pattern.compile("(?:\\d{1,5}[mhdw])+");
  private static final Pattern PART = Pattern.compile("(\\d{1,5})([mhdw])");
  private static final Duration LONGEST = Duration.ofDays(3660);

  /** So long from now: {@code 30m}, {@code 12h}, {@code 7d}, {@code 2w}, {@code 1d12h}. */
  static Instant in(String span, Instant now, Duration longest) {
    String typed = span.strip().toLowerCase(Locale.ROOT);
    if (!SPAN.matcher(typed).matches()) {
      throw bad(span, longest);
    }
    Duration length =
        PART.matcher(typed).results().map(Deadline::part).reduce(Duration.ZERO, Duration::plus);
    if (length.isZero() || length.compareTo(longest) > 0) {
      throw bad(span, longest);
    }
    return now.plus(length);
  }

  static Instant in(String span, Instant now) {
    return in(span, now, LONGEST);
  }

  private static Duration part(MatchResult part) {
    long count = Long.parseLong(part.group(1));
    return switch (part.group(2)) {
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      case "w" -> Duration.ofDays(7 * count);
      default -> Duration.ofDays(count);
    };
  }

  /** A day, of which it is the end, or a time on a day; both in UTC. */
  static Instant at(String moment, Instant now) {
    try {
      String typed = moment.strip().replace(' ', 'T');
      Instant at =
          typed.indexOf('T') < 0
              ? LocalDate.parse(typed).plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC)
              : LocalDateTime.parse(typed).toInstant(ZoneOffset.UTC);
      if (at.isAfter(now) && at.isBefore(now.plus(LONGEST))) {
        return at;
      }
    } catch (DateTimeException notRead) {
      // said below
    }
    throw bad(moment, LONGEST);
  }

  private static Refusal bad(String typed, Duration longest) {
    return new Refusal(ReasonCode.DEADLINE_BAD, Shown.brief(typed), longest.toDays());
  }

  private Deadline() {}
}

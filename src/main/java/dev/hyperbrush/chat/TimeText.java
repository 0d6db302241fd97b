package dev.hyperbrush.chat;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as people say them, in their language. */
public final class TimeText {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  /** Up to here the smaller unit alone says enough. */
  private static final Duration FEW_SECONDS = Duration.ofSeconds(90);

  private static final Duration FEW_MINUTES = Duration.ofMinutes(90);
  private static final Duration FEW_HOURS = Duration.ofDays(2);

  /** How long exactly, rounded up, so that whoever waits as long has waited long enough. */
  public static String span(Locale locale, Duration time) {
    if (time.compareTo(FEW_SECONDS) <= 0) {
      return counted(locale, "second", Math.max(1, up(time, Duration.ofSeconds(1))));
    } else if (time.compareTo(FEW_MINUTES) <= 0) {
      return counted(locale, "minute", up(time, MINUTE));
    } else if (time.compareTo(FEW_HOURS) <= 0) {
      return two(locale, up(time, MINUTE), 60, "hour", "minute");
    }
    return two(locale, up(time, HOUR), 24, "day", "hour");
  }

  /** How long about, with no more digits than an estimate deserves. */
  public static String about(Locale locale, Duration estimate) {
    long step = step(estimate).toSeconds();
    long steps = Math.round(estimate.toMillis() / 1000.0 / step);
    return Texts.get(
        locale, "span.about", span(locale, Duration.ofSeconds(Math.max(1, steps) * step)));
  }

  private static Duration step(Duration estimate) {
    if (estimate.compareTo(Duration.ofSeconds(10)) < 0) {
      return Duration.ofSeconds(1);
    } else if (estimate.compareTo(FEW_SECONDS) < 0) {
      return Duration.ofSeconds(5);
    } else if (estimate.compareTo(Duration.ofMinutes(15)) < 0) {
      return MINUTE;
    } else if (estimate.compareTo(FEW_MINUTES) < 0) {
      return Duration.ofMinutes(5);
    }
    return estimate.compareTo(DAY) < 0 ? Duration.ofMinutes(30) : HOUR;
  }

  /** The time that a clock shows, with its zone. */
  public static String clock(Locale locale, ZonedDateTime time) {
    return time.format(DateTimeFormatter.ofPattern("HH:mm zzz", locale));
  }

  private static String two(Locale locale, long small, int inLarge, String large, String unit) {
    String whole = counted(locale, large, small / inLarge);
    long rest = small % inLarge;
    return rest == 0 ? whole : Texts.get(locale, "span.two", whole, counted(locale, unit, rest));
  }

  private static String counted(Locale locale, String unit, long count) {
    return Texts.get(locale, "span." + unit + (count == 1 ? "" : "s"), count);
  }

  private static long up(Duration time, Duration unit) {
    return Math.ceilDiv(time.toMillis(), unit.toMillis());
  }

  private TimeText() {}
}

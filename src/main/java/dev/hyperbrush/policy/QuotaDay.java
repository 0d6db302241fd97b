package dev.hyperbrush.policy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * When a day of the daily quota begins. In a zone with summer time, two days of the year are an
 * hour shorter or longer. Immutable.
 */
public record QuotaDay(LocalTime resetsAt, ZoneId zone) {
  /** The same moment for everybody, wherever they are. */
  public static final QuotaDay STANDARD = new QuotaDay(LocalTime.MIDNIGHT, ZoneId.of("UTC"));

  /** The day that {@code now} belongs to, by the date on which it began. */
  public LocalDate of(Instant now) {
    ZonedDateTime here = now.atZone(zone);
    LocalDate date = here.toLocalDate();
    return here.isBefore(begin(date)) ? date.minusDays(1) : date;
  }

  /** The end of the day that {@code now} belongs to. */
  public ZonedDateTime endAfter(Instant now) {
    return begin(of(now).plusDays(1));
  }

  private ZonedDateTime begin(LocalDate date) {
    return date.atTime(resetsAt).atZone(zone);
  }
}

package dev.hyperbrush.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QuotaDayTest {
  @ParameterizedTest
  @CsvSource({
    "00:00, UTC,           2026-11-20T00:00:00Z,     2026-11-20, 2026-11-21T00:00:00Z",
    "00:00, UTC,           2026-11-20T23:59:59.999Z, 2026-11-20, 2026-11-21T00:00:00Z",
    "04:30, UTC,           2026-11-20T04:29:59Z,     2026-11-19, 2026-11-20T04:30:00Z",
    "04:30, UTC,           2026-11-20T04:30:00Z,     2026-11-20, 2026-11-21T04:30:00Z",
    "00:00, Europe/Berlin, 2026-11-20T23:30:00Z,     2026-11-21, 2026-11-21T23:00:00Z",
    // The day on which summer time ends has 25 hours, the one on which it begins 23.
    "00:00, Europe/Berlin, 2026-10-25T00:30:00Z,     2026-10-25, 2026-10-25T23:00:00Z",
    "00:00, Europe/Berlin, 2026-03-29T12:00:00Z,     2026-03-29, 2026-03-29T22:00:00Z",
    // 02:30 does not exist on that night.
    "02:30, Europe/Berlin, 2026-03-29T01:15:00Z,     2026-03-28, 2026-03-29T01:30:00Z",
  })
  void everyMomentBelongsToOneDay(
      LocalTime resetsAt, ZoneId zone, Instant now, LocalDate day, Instant end) {
    QuotaDay quotaDay = new QuotaDay(resetsAt, zone);

    assertThat(quotaDay.of(now)).isEqualTo(day);
    assertThat(quotaDay.endAfter(now).toInstant()).isEqualTo(end);
    assertThat(quotaDay.of(end)).isEqualTo(day.plusDays(1));
    assertThat(quotaDay.of(end.minus(Duration.ofNanos(1)))).isEqualTo(day);
  }
}

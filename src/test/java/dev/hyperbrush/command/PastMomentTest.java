package dev.hyperbrush.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PastMomentTest {
  private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "2026-03-01, 2026-03-01T00:00:00Z, 2026-03-02T00:00:00Z",
    "2024-02-29, 2024-02-29T00:00:00Z, 2024-03-01T00:00:00Z",
    "7d, 2026-03-03T12:00:00Z, 2026-03-03T12:00:00Z",
    "12 h, 2026-03-10T00:00:00Z, 2026-03-10T00:00:00Z",
    "2W, 2026-02-24T12:00:00Z, 2026-02-24T12:00:00Z",
    "1m, 2026-02-08T12:00:00Z, 2026-02-08T12:00:00Z",
    "1y, 2025-03-10T12:00:00Z, 2025-03-10T12:00:00Z",
    "2026-03-03T12:00:00.123Z, 2026-03-03T12:00:00.123Z, 2026-03-03T12:00:00.123Z"
  })
  void readsDaysAndHowLongAgo(String text, Instant begin, Instant end) {
    assertThat(PastMoment.read(text, NOW)).contains(new PastMoment(begin, end));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "7",
        "d",
        "-7d",
        "99999d",
        "2026-02-30",
        "2026-3-1",
        "+99999-01-01",
        "1969-12-31",
        "9999-12-31",
        "2026-03-01T",
        "9999999999999d"
      })
  void readsNothingElse(String text) {
    assertThat(PastMoment.read(text, NOW)).isEmpty();
  }
}

package dev.hyperbrush.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TimeTextTest {
  @ParameterizedTest
  @CsvSource({
    "PT0S,       1 second,           1 Sekunde, 1 秒, 1秒",
    "PT0.001S,   1 second,           1 Sekunde, 1 秒, 1秒",
    "PT59.2S,    60 seconds,         60 Sekunden, 60 秒, 60秒",
    "PT90S,      90 seconds,         90 Sekunden, 90 秒, 90秒",
    "PT91S,      2 minutes,          2 Minuten, 2 分钟, 2分",
    "PT1H30M,    90 minutes,         90 Minuten, 90 分钟, 90分",
    "PT1H30M1S,  1 hour 31 minutes,  1 Stunde 31 Minuten, 1 小时 31 分钟, 1時間31分",
    "PT4H59M59S, 5 hours,            5 Stunden, 5 小时, 5時間",
    "PT48H,      48 hours,           48 Stunden, 48 小时, 48時間",
    "PT48H1S,    2 days 1 hour,      2 Tagen 1 Stunde, 2 天 1 小时, 2日1時間",
    "P3D,        3 days,             3 Tagen, 3 天, 3日",
  })
  void whoWaitsASpanHasWaitedLongEnough(
      Duration time, String english, String german, String chinese, String japanese) {
    assertThat(TimeText.span(Locale.ENGLISH, time)).isEqualTo(english);
    assertThat(TimeText.span(Locale.GERMAN, time)).isEqualTo(german);
    assertThat(TimeText.span(Locale.SIMPLIFIED_CHINESE, time)).isEqualTo(chinese);
    assertThat(TimeText.span(Locale.JAPANESE, time)).isEqualTo(japanese);
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S,    about 1 second",
    "PT7.4S,  about 7 seconds",
    "PT42S,   about 40 seconds",
    "PT43S,   about 45 seconds",
    "PT2M29S, about 2 minutes",
    "PT33M,   about 35 minutes",
    "PT1H50M, about 2 hours",
    "PT2H20M, about 2 hours 30 minutes",
    "PT30H40M, about 31 hours",
  })
  void anEstimateHasNoMoreDigitsThanItDeserves(Duration time, String english) {
    assertThat(TimeText.about(Locale.ENGLISH, time)).isEqualTo(english);
  }

  @Test
  void timesInASentenceAreInThePersonsLanguage() {
    ZonedDateTime noon = ZonedDateTime.parse("2026-11-21T12:05+01:00[Europe/Berlin]");
    Phrase phrase =
        Phrase.of(ReasonCode.RATE_LIMITED, 5, Duration.ofMinutes(2), Duration.ofSeconds(3), noon);

    assertThat(Texts.say(Locale.ENGLISH, phrase))
        .isEqualTo(
            "That was too fast: 5 requests are possible at once, and one more after each 2 minutes."
                + " The next one is possible in 3 seconds, at 12:05 CET.");
    assertThat(Texts.say(Locale.GERMAN, phrase)).contains("nach jeweils 2 Minuten", "um 12:05 MEZ");
    assertThat(Texts.say(Locale.SIMPLIFIED_CHINESE, phrase))
        .contains("每 2 分钟可再发", "要等 3 秒（12:05 CET）");
    assertThat(Texts.say(Locale.JAPANESE, phrase)).contains("2分ごとに1件", "3秒後（12:05 CET）");
  }

  @Test
  void anUnknownEstimateIsAWhile() {
    assertThat(Texts.say(Locale.ENGLISH, Phrase.of(ReasonCode.QUEUE_FULL, 9, 8, "")))
        .contains("room again in a while:");
    assertThat(Texts.say(Locale.SIMPLIFIED_CHINESE, Phrase.of(ReasonCode.QUEUE_FULL, 9, 8, "")))
        .contains("一段时间后会有空位");
    assertThat(Texts.say(Locale.JAPANESE, Phrase.of(ReasonCode.QUEUE_FULL, 9, 8, "")))
        .contains("しばらく後に空きが出る");
    assertThat(
            Texts.say(
                Locale.ENGLISH, Phrase.of(ReasonCode.QUEUE_FULL, 9, 8, Duration.ofSeconds(4))))
        .contains("room again in about 4 seconds:");
  }
}

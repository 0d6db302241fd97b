package dev.hyperbrush.chat.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TelegramHtmlTest {
  private static final List<String> PIECES =
      List.of(
          "a",
          "word ",
          "\n",
          "<b>",
          "</code>",
          "&amp;",
          "&",
          "\"",
          "@everyone",
          "@@a",
          "🦊",
          "👩‍👩‍👧",
          "e\u0301\u0302",
          "\uD83D",
          "\uDC00",
          "\u202E",
          "\u2066",
          "\u0000",
          "\u2060",
          "日本語",
          "שלום",
          "\r\n",
          "\t",
          "  ",
          "*_[`](http://x)",
          "tg://user?id=1");

  static Stream<String> hostile() {
    Random chance = new Random(11);
    return Stream.generate(() ->
            chance
                .ints(chance.nextInt(1, 900), 0, PIECES.size())
                .mapToObj(PIECES::get)
                .collect(Collectors.joining()))
        .limit(60);
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void isCutCleanly(String text) {
    String plain = TelegramHtml.plain(text);

    for (int limit : new int[] {1, 2, 40, 41, 42, 43, 1024, 4096}) {
      String cut = TelegramHtml.cut(plain, limit);
      assertThat(cut).hasSizeLessThanOrEqualTo(limit).satisfies(TelegramHtmlTest::isWhole);
      if (plain.length() > limit && limit > 40) {
        assertThat(cut).endsWith("…").hasSizeGreaterThan(limit / 2);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void isSplitWithoutLosingAnything(String text) {
    String plain = TelegramHtml.plain(text);

    List<String> parts = TelegramHtml.split(plain, 50);

    assertThat(parts)
        .allSatisfy(part -> assertThat(part).isNotBlank().hasSizeLessThanOrEqualTo(50))
        .allSatisfy(TelegramHtmlTest::isWhole);
    assertThat(String.join("", parts).replaceAll("\\s", "")).isEqualTo(plain.replaceAll("\\s", ""));
  }

  private static void isWhole(String text) {
    assertThat(text.codePoints().anyMatch(unit -> unit >= 0xD800 && unit <= 0xDFFF)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void hasNoMarkupAndNoPing(String text) {
    String html = TelegramHtml.escape(TelegramHtml.plain(text));

    assertThat(html)
        .doesNotContain("<", ">", "\u202E", "\u2066", "\u0000")
        .doesNotContainPattern("@\\w")
        .doesNotContainPattern("&(?!(amp|lt|gt|quot);)");
  }

  @Test
  void keepsTheReadingDirectionOfWhatFollows() {
    assertThat(TelegramHtml.plain("\u202Egnp.exe\u202C and \u2067more\u2069"))
        .isEqualTo("gnp.exe and more");
  }

  @Test
  void aCharacterLongerThanAllTheRoomIsCutAnyway() {
    String zalgo = "a" + "\u0301".repeat(3000);

    assertThat(TelegramHtml.cut(zalgo, 1024)).hasSizeLessThanOrEqualTo(1024);
    assertThat(String.join("", TelegramHtml.split(zalgo, 100))).isEqualTo(zalgo);
  }
}

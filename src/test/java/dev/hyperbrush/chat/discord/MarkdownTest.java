package dev.hyperbrush.chat.discord;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MarkdownTest {
  /** Discord's rule: a backslash before anything but letters, digits and blanks is an escape. */
  private static final Pattern ESCAPE = Pattern.compile("\\\\[^0-9A-Za-z\\s]");

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "@everyone \\@everyone",
        "<@1> \\<\\@1>",
        "**a** \\*\\*a\\*\\*",
        "a_b a\\_b",
        "||x|| \\|\\|x\\|\\|",
        "`x` \\`x\\`",
        "[a](b) \\[a\\](b)",
        "https://a.b https\\://a.b",
        "<t:1:R> \\<t:1:R>",
        "--steps \\--steps",
        "a-b a-b",
        "1.5 1\\.5",
        "a:b a:b",
        "#12 \\#12",
        "\\ \\\\",
      })
  void escapes(String text, String escaped) {
    assertThat(Markdown.escape(text)).isEqualTo(escaped);
  }

  @Test
  void whatMeansSomethingAtTheBeginningOfALineIsEscapedThere() {
    assertThat(Markdown.escape("a > b\n> c\n  - d\n12. e\n-# f\n>>> g"))
        .isEqualTo("a > b\n\\> c\n  \\- d\n12\\. e\n\\-\\# f\n\\>>> g");
  }

  @Test
  void directionsHoldNoFurtherThanTheirText() {
    assertThat(Markdown.escape("a\u202Eb\u2066c\u2069")).isEqualTo("abc");
    assertThat(Markdown.escape("\u05D0\u05D1")).isEqualTo("\u05D0\u05D1");
  }

  @Test
  void neitherControlsNorHalfCharactersNorTowersOfMarksGoThrough() {
    assertThat(Markdown.clean("a\u0000b\uD83Dc\uDC00d\u001Be")).isEqualTo("abcde");
    assertThat(Markdown.clean("\uD83D\uDE00")).isEqualTo("\uD83D\uDE00");
    assertThat(Markdown.clean("e" + "\u0301".repeat(500))).hasSize(9);
    assertThat(Markdown.clean("a\r\n\n\n\n \n b")).isEqualTo("a\n\n b");
  }

  @Test
  void cutsBetweenWordsAndNeverWithinACharacter() {
    assertThat(Markdown.cut("a red circle", 9)).isEqualTo("a red…");
    assertThat(Markdown.cut("x".repeat(50), 10)).isEqualTo("x".repeat(9) + "…");
    String family = "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67";
    assertThat(Markdown.cut(family + family, family.length() + 3)).isEqualTo(family + "…");
    assertThat(Markdown.cut("abc", 3)).isEqualTo("abc");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 17, 100, 600, 4000})
  void whateverComesIsHarmlessAndFits(int limit) {
    Hostile hostile = new Hostile(limit);
    for (int i = 0; i < 60; i++) {
      String text = hostile.text(hostile.upTo(2 * limit));
      String escaped = Markdown.escape(text, limit);
      assertThat(escaped).hasSizeLessThanOrEqualTo(limit);
      String left = ESCAPE.matcher(escaped).replaceAll("x");
      assertThat(left).doesNotContainPattern("[\\\\*_~|`<@#\\[\\]]|://");
      assertThat(left).doesNotContainPattern("(?m)^\\s*([-+>]|\\d+\\.)");
      assertThat(escaped).doesNotContainPattern("[\\x00-\\x09\\x0B-\\x1F\\u202A-\\u202E\\p{Cs}]");
    }
  }

  @Test
  void ofWhatFitsNothingIsCut() {
    Hostile hostile = new Hostile(3);
    for (int i = 0; i < 60; i++) {
      String text = hostile.text(300);
      String whole = Markdown.escape(text);
      assertThat(Markdown.escape(text, whole.length())).isEqualTo(whole);
    }
  }
}

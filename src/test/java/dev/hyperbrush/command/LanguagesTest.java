package dev.hyperbrush.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.chat.Texts;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LanguagesTest {
  @ParameterizedTest
  @CsvSource({
    "DE, de",
    "de-AT, de",
    "deutsch, de",
    "German, de",
    "zh-CN, zh-CN",
    "zh_cn, zh-CN",
    "zh, zh-CN",
    "ZH-TW, zh-CN",
    "zh-Hant-HK, zh-CN",
    "简体中文, zh-CN",
    "中文, zh-CN",
    "chinese, zh-CN",
    "ja, ja",
    "ja-JP, ja",
    "日本語, ja",
    "Japanese, ja"
  })
  void aLanguageIsFoundByTagsAndNames(String typed, String found) {
    assertThat(Languages.find(typed)).contains(Locale.forLanguageTag(found));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "klingon", "und", "-", "ko", "auto", "good English"})
  void anythingElseIsNone(String typed) {
    assertThat(Languages.find(typed)).isEmpty();
  }

  @Test
  void namesAndNumbersTellLanguagesApart() {
    assertThat(Texts.LANGUAGES).extracting(Languages::name).doesNotHaveDuplicates();
    assertThat(Texts.LANGUAGES)
        .allSatisfy(language ->
            assertThat(Languages.ofNumber(Languages.number(language))).contains(language));
  }
}

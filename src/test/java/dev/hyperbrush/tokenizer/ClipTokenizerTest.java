package dev.hyperbrush.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * With a vocabulary of few symbols: ids 0 to 94 are the printable ASCII characters from {@code !},
 * 100 to 194 the same at the end of a word.
 */
final class ClipTokenizerTest {
  private static final int START = 300;
  private static final int END = 301;
  private static final int CAT = 202;

  @TempDir private Path folder;

  @BeforeEach
  void writeVocabulary() throws IOException {
    StringBuilder vocabulary = new StringBuilder("{");
    for (char c = '!'; c <= '~'; c++) {
      String symbol = c == '"' || c == '\\' ? "\\" + c : String.valueOf(c);
      vocabulary.append("\"%s\":%d,".formatted(symbol, c - '!'));
      vocabulary.append("\"%s</w>\":%d,".formatted(symbol, 100 + c - '!'));
    }
    vocabulary.append("\"ca\":201,\"cat</w>\":202,\"aa\":203,\"aaaa\":204,");
    vocabulary.append("\"<|startoftext|>\":300,\"<|endoftext|>\":301}");
    write("vocab.json", vocabulary.toString());
    write("merges.txt", "#version: 0.2\nc a\nca t</w>\na a\naa aa\n");
  }

  @Test
  void learntPairsBecomeOneToken() {
    assertThat(tokenizer().tokenize("cat")).containsExactly(CAT);
    assertThat(tokenizer().tokenize("cats")).containsExactly(201, id('t'), last('s'));
    assertThat(tokenizer().tokenize("aaaaaaa")).containsExactly(204, 203, last('a'));
  }

  @Test
  void wordsAreLettersSingleDigitsOrAnythingElse() {
    assertThat(tokenizer().tokenize("  CAT's 42,\t\ncat!? "))
        .containsExactly(
            CAT, id('\''), last('s'), last('4'), last('2'), last(','), CAT, id('!'), last('?'));
  }

  @Test
  void aPromptIsFramedAndPadded() {
    TokenizedPrompt prompt = tokenizer().encode("cat");
    assertThat(prompt.ids()).hasSize(ClipTokenizer.LENGTH).startsWith(START, CAT, END, END);
    assertThat(prompt.ids()[ClipTokenizer.LENGTH - 1]).isEqualTo(END);
    assertThat(prompt.truncated()).isFalse();
    assertThat(tokenizer().encode("").ids()).startsWith(START, END, END);
  }

  @Test
  void settingsMayLieInAnotherFolderAndNameAnotherPadding(@TempDir Path settings) throws Exception {
    Files.writeString(settings.resolve("tokenizer_config.json"), "{\"pad_token\":\"!\"}");
    ClipTokenizer second = ClipTokenizer.load(settings, folder);
    assertThat(second.encode("cat").ids()).startsWith(START, CAT, END, 0, 0);
    assertThat(second.tokenize("cat!!")).as("padding is special").containsExactly(CAT, 0, 0);
    assertThat(tokenizer().tokenize("cat!!")).containsExactly(CAT, 0, last('!'));
  }

  @Test
  void specialTokensStandInTheTextAndMayBeAdded() throws Exception {
    assertThat(tokenizer().tokenize("cat<|ENDOFTEXT|>cat")).containsExactly(CAT, END, CAT);
    write(
        "tokenizer_config.json",
        "{\"added_tokens_decoder\":{\"400\":{\"content\":\"<Style>\",\"special\":true}},"
            + "\"bos_token\":{\"content\":\"<|startoftext|>\"}}");
    assertThat(tokenizer().tokenize("cat <style>")).containsExactly(CAT, 400);
  }

  @Test
  void whatDoesNotFitIsNamedAsItWasWritten() {
    String head = "Cat ".repeat(74);
    assertThat(tokenizer().encode(head + "CAT").truncated()).isFalse();
    TokenizedPrompt prompt = tokenizer().encode(head + " cat, on a Red\n Box! ");
    assertThat(prompt.ignoredText()).isEqualTo(", on a Red\n Box!");
    assertThat(prompt.ids()).endsWith(CAT, CAT, END);
    assertThat(tokenizer().encode(head + "CAT İstanbul Red").ignoredText())
        .isEqualTo("İstanbul Red");
  }

  @Test
  void aWordThatFitsInPartIsKeptInPart() {
    TokenizedPrompt prompt = tokenizer().encode("cat " + "x".repeat(80));
    assertThat(prompt.ids()).startsWith(START, CAT, id('x')).endsWith(id('x'), END);
    assertThat(prompt.ignoredText()).isEqualTo("x".repeat(80));
  }

  @Test
  void hostileTextHasIds() {
    String lone = "cat \uD800 \uDC00\uD83D cat";
    assertThat(tokenizer().tokenize(lone)).startsWith(CAT).endsWith(CAT);
    assertThat(tokenizer().tokenize("\0")).hasSize(1);
    assertThat(tokenizer().tokenize("👩‍🚀")).containsOnly(END);
    assertThat(tokenizer().tokenize("\u00A0\u3000\u0085")).isEmpty();
    assertThat(tokenizer().tokenize("$1 \\E(.*)+")).hasSize(9);
  }

  @Test
  void hugeTextIsReadInReasonableTime() {
    int size = 100_000; // quadratic work on any of these would not end
    assertThat(tokenizer().tokenize("a".repeat(size))).hasSize(size / 4 + 2);
    assertThat(tokenizer().tokenize("!?".repeat(size))).hasSize(2 * size);
    assertThat(tokenizer().tokenize("cat ".repeat(size))).hasSize(size);
    assertThat(tokenizer().tokenize("a" + "\u0301\u0323".repeat(size / 2)))
        .hasSizeGreaterThan(size);
    assertThat(tokenizer().encode("cat,".repeat(size)).ids()).hasSize(ClipTokenizer.LENGTH);
    assertThat(tokenizer().encode("<|endoftext|>".repeat(size)).truncated()).isTrue();
  }

  @Test
  void rareWordsOfAnyLengthGiveTheSameIdsAgain() {
    ClipTokenizer tokenizer = tokenizer();
    for (int length : new int[] {1, 63, 64, 65, 1000, 1024, 1025, 5000}) {
      int[] expected = IntStream.range(0, length).map(i -> id('q')).toArray();
      expected[length - 1] = last('q');
      String word = "q".repeat(length);
      assertThat(tokenizer.tokenize(word)).containsExactly(expected);
      assertThat(tokenizer.tokenize(word)).containsExactly(expected);
    }
  }

  @Test
  void missingFilesAreNamed() throws IOException {
    Files.delete(folder.resolve("merges.txt"));
    assertRefused(ReasonCode.TOKENIZER_MISSING, "merges.txt");
    Files.delete(folder.resolve("vocab.json"));
    assertRefused(ReasonCode.TOKENIZER_MISSING, "vocab.json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[1]",
        "{\"a\":",
        "{\"a\":1.5}",
        "{\"a\":\"1\"}",
        "{\"a\":-1}",
        "{\"a\":null}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":99999999999}",
        "{}"
      })
  void aBrokenVocabularyIsNamed(String json) throws IOException {
    write("vocab.json", json);
    assertRefused(ReasonCode.TOKENIZER_BROKEN, "vocab.json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"c", "c a t", "c  a", "c ü", "c b", "<html>"})
  void aBrokenMergeIsNamedWithItsLine(String line) throws IOException {
    write("merges.txt", "#version: 0.2\nc a\n" + line + "\n");
    assertRefused(ReasonCode.TOKENIZER_BROKEN, "merges.txt is broken: line 3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"pad_token\":\"<pad>\"}",
        "{\"bos_token\":\"\"}",
        "not json",
        "{\"added_tokens_decoder\":{\"x\":{\"content\":\"y\"}}}",
        "{\"added_tokens_decoder\":{\"7\":{}}}"
      })
  void brokenSettingsAreNamed(String json) throws IOException {
    write("tokenizer_config.json", json);
    assertRefused(ReasonCode.TOKENIZER_BROKEN, "tokenizer_config.json");
  }

  @Test
  void aFileThatIsNoTextIsNamed() throws IOException {
    byte[] noise = new byte[64];
    Arrays.fill(noise, (byte) 0xFF);
    Files.write(folder.resolve("merges.txt"), noise);
    assertRefused(ReasonCode.TOKENIZER_BROKEN, "merges.txt");
  }

  private ClipTokenizer tokenizer() {
    return ClipTokenizer.load(folder);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private void assertRefused(ReasonCode code, String named) {
    assertThatThrownBy(this::tokenizer)
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code))
        .hasMessageContaining(named);
  }

  private static int id(char c) {
    return c - '!';
  }

  private static int last(char c) {
    return 100 + id(c);
  }
}

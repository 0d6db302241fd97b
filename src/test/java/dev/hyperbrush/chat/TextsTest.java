package dev.hyperbrush.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class TextsTest {
  private static final String REASON = "reason.";
  private static final Path SOURCES = Path.of("src", "main");
  private static final Path FOLDER =
      SOURCES.resolve(Path.of("resources", "dev", "hyperbrush", "chat"));
  private static final Pattern PLACE = Pattern.compile("%(\\d)\\$s");

  /** A string that looks like the key of a text, or like the beginning of one. */
  private static final Pattern LITERAL = Pattern.compile("\"((?:[a-z]+\\.)+[A-Za-z]*)\"");

  private static final Pattern ASKED_FOR =
      Pattern.compile("Texts\\s*\\.get\\(\\s*[\\w.()]+,\\s*\"([^\"]+)\"");

  private static final Object[] ARGS = {"1", "2", "3", "4", "5", "6", "7", "8", "9"};
  private static final Map<String, String> ENGLISH = read(Locale.ENGLISH);

  /** All languages that need a translation of everything. */
  private static Stream<Locale> translations() {
    return Texts.LANGUAGES.stream().filter(language -> !language.equals(Locale.ENGLISH));
  }

  @Test
  void everyFileIsALanguageAndTheOtherWayRound() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.filter(file -> file.toString().endsWith(".properties")))
          .containsExactlyInAnyOrderElementsOf(
              Texts.LANGUAGES.stream().map(TextsTest::file).toList());
    }
  }

  @ParameterizedTest
  @MethodSource("translations")
  void everyTextAndEveryReasonIsTranslatedAndNothingElse(Locale language) {
    Set<String> expected = new TreeSet<>(ENGLISH.keySet());
    Arrays.stream(ReasonCode.values()).forEach(code -> expected.add(REASON + code));
    Set<String> translated = read(language).keySet();
    assertThat(expected).as("keys that %s lacks", file(language)).allMatch(translated::contains);
    assertThat(translated)
        .as("keys that %s has and nobody needs", file(language))
        .allMatch(expected::contains);
  }

  @ParameterizedTest
  @MethodSource("translations")
  void translationsHaveThePlacesOfTheOriginal(Locale language) {
    read(language)
        .forEach((key, text) ->
            assertThat(places(text))
                .as("%s in %s", key, file(language))
                .isEqualTo(places(original(key))));
  }

  @ParameterizedTest
  @EnumSource
  void placesOfAReasonAreNumberedWithoutGapsAndFilled(ReasonCode code) {
    Set<Integer> places = places(code.english());
    assertThat(places)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, places.size()).boxed().toList());
    Object[] args = places.stream().map(place -> "<" + place + ">").toArray();
    for (Locale language : Texts.LANGUAGES) {
      String said = Texts.say(language, Phrase.of(code, args));
      assertThat(args).allSatisfy(arg -> assertThat(said).contains(arg.toString()));
    }
  }

  @Test
  void noTextIsEmptyOrUnprintable() {
    Texts.LANGUAGES.forEach(language ->
        read(language)
            .forEach((key, text) -> {
              assertThat(text.strip()).as(key).isNotEmpty().isEqualTo(text);
              assertThatCode(() -> String.format(language, text, ARGS))
                  .as("%s in %s", key, file(language))
                  .doesNotThrowAnyException();
            }));
  }

  @Test
  void noTextIsThereTwice() throws IOException {
    for (Locale language : Texts.LANGUAGES) {
      assertThat(Files.readAllLines(file(language)))
          .filteredOn(line -> line.contains("=") && !line.startsWith("#"))
          .extracting(line -> line.substring(0, line.indexOf('=')))
          .doesNotHaveDuplicates();
    }
  }

  /** A key stands in the sources as it is, or up to a point with the rest added there. */
  @Test
  void everyTextIsUsed() throws IOException {
    Set<String> literals = inSources(LITERAL);
    assertThat(ENGLISH.keySet())
        .allMatch(key ->
            literals.contains(key) || literals.contains(key.substring(0, key.indexOf('.') + 1)));
  }

  @Test
  void everyTextThatIsAskedForIsThere() throws IOException {
    assertThat(inSources(ASKED_FOR))
        .hasSizeGreaterThan(10)
        .filteredOn(key -> !key.endsWith("."))
        .isSubsetOf(ENGLISH.keySet());
  }

  @Test
  void aLanguageNobodyTranslatedIsAnsweredInEnglishWhateverTheMachineSpeaks() {
    Phrase phrase = Phrase.of(ReasonCode.NOTHING_TO_CANCEL);
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(Texts.say(Locale.KOREAN, phrase)).isEqualTo(phrase.english());
      assertThat(Texts.get(Locale.KOREAN, "state.DONE")).isEqualTo("done");
    } finally {
      Locale.setDefault(before);
    }
    assertThat(Texts.say(Locale.ROOT, phrase)).isEqualTo(phrase.english());
  }

  @ParameterizedTest
  @CsvSource({
    "en-GB, en",
    "de-AT, de",
    "zh, zh-CN",
    "zh-TW, zh-CN",
    "zh-HK, zh-CN",
    "zh-Hans, zh-CN",
    "zh-Hans-SG, zh-CN",
    "zh-Hant-TW, zh-CN",
    "ja-JP, ja",
    "ja-JP-u-ca-japanese, ja",
    "fr-CA, fr",
    "es-MX, es",
    "pt, pt-BR",
    "pt-PT, pt-BR",
    "ko, en",
    "und, en"
  })
  void aVarietyOfALanguageIsAnsweredInTheOneThereIs(String spoken, String answered) {
    Locale locale = Locale.forLanguageTag(spoken);
    Locale expected = Locale.forLanguageTag(answered);
    Phrase phrase = Phrase.of(ReasonCode.NOTHING_TO_CANCEL);

    assertThat(Texts.nearest(locale)).isEqualTo(expected);
    assertThat(Texts.get(locale, "state.DONE")).isEqualTo(read(expected).get("state.DONE"));
    assertThat(Texts.say(locale, phrase))
        .isEqualTo(read(expected).getOrDefault(REASON + phrase.code(), phrase.english()));
  }

  private static Set<String> inSources(Pattern pattern) throws IOException {
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(SOURCES.resolve("java"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        pattern
            .matcher(Files.readString(file))
            .results()
            .forEach(match -> found.add(match.group(1)));
      }
    }
    return found;
  }

  private static String original(String key) {
    return Arrays.stream(ReasonCode.values())
        .filter(code -> key.equals(REASON + code))
        .map(ReasonCode::english)
        .findFirst()
        .orElseGet(() -> ENGLISH.getOrDefault(key, ""));
  }

  private static Set<Integer> places(String text) {
    return PLACE
        .matcher(text)
        .results()
        .map(TextsTest::place)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static int place(MatchResult match) {
    return Integer.parseInt(match.group(1));
  }

  private static Path file(Locale language) {
    String suffix = language.equals(Locale.ENGLISH) ? "" : "_" + language;
    return FOLDER.resolve("texts" + suffix + ".properties");
  }

  private static Map<String, String> read(Locale language) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file(language))) {
      properties.load(reader);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    Map<String, String> texts = new TreeMap<>();
    properties.forEach((key, text) -> texts.put((String) key, (String) text));
    return texts;
  }
}

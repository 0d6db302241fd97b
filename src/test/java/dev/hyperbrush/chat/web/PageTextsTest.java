package dev.hyperbrush.chat.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.chat.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files of the page and the words in them belong together. */
final class PageTextsTest {
  private static final Path PAGE =
      Path.of("src", "main", "resources", "dev", "hyperbrush", "chat", "web", "page");

  /** {@code {{key}}} in HTML. */
  private static final Pattern IN_HTML = Pattern.compile("\\{\\{(\\w+)}}");

  /** What stands as a string in a script may be a key; what is given to {@code t} must be one. */
  private static final Pattern STRING = Pattern.compile("\"([A-Za-z]+)\"");

  private static final Pattern KEY = Pattern.compile("\\bt\\(\"(\\w+)\"");

  private static final Pattern PLACE = Pattern.compile("\\{\\d}");

  private final PageTexts texts = new PageTexts();

  private static List<Locale> languages() {
    return Texts.LANGUAGES;
  }

  @ParameterizedTest
  @MethodSource("languages")
  void everyLanguageHasTheSameKeysAndPlaces(Locale language) {
    Map<String, String> english = texts.in(Locale.ENGLISH);

    assertThat(texts.in(language)).containsOnlyKeys(english.keySet());
    texts
        .in(language)
        .forEach((key, text) ->
            assertThat(all(PLACE, text, 0))
                .as(key)
                .isEqualTo(all(PLACE, String.valueOf(english.get(key)), 0)));
  }

  @Test
  void everyKeyThatIsUsedIsThere() throws IOException {
    Set<String> used = keys(IN_HTML, ".html");
    used.addAll(keys(KEY, ".js"));
    used.removeAll(Set.of("lang", "problem"));

    assertThat(texts.in(Locale.ENGLISH)).containsKeys(used.toArray(String[]::new));
  }

  @Test
  void everyKeyThatIsThereIsUsed() throws IOException {
    Set<String> used = keys(IN_HTML, ".html");
    used.addAll(keys(STRING, ".js"));
    used.add("loginWrong"); // the problem of the login page

    assertThat(texts.in(Locale.ENGLISH).keySet())
        .filteredOn(key -> !key.startsWith("option."))
        .isSubsetOf(used);
  }

  @Test
  void everyScriptAndStyleIsServed() throws IOException {
    try (Stream<Path> files = Files.list(PAGE)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> !name.endsWith(".html"))
          .containsExactlyInAnyOrderElementsOf(Assets.FILES);
    }
  }

  private static Set<String> keys(Pattern pattern, String ending) throws IOException {
    Set<String> keys = new TreeSet<>();
    try (Stream<Path> files = Files.list(PAGE)) {
      for (Path file : files.filter(each -> each.toString().endsWith(ending)).toList()) {
        keys.addAll(all(pattern, Files.readString(file), 1));
      }
    }
    return keys;
  }

  private static Set<String> all(Pattern pattern, String text, int group) {
    return pattern
        .matcher(text)
        .results()
        .map((MatchResult found) -> found.group(group))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}

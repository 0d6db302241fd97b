package dev.hyperbrush.chat.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The page's controls read and write a line as the server reads it. */
@Tag("browser")
final class LineScriptTest {
  private static Browser browser;
  private static OpenPage page;

  @BeforeAll
  static void start(@TempDir Path profile, @TempDir Path data) {
    browser = Browser.start(profile, 800, 600);
    page = new OpenPage(data);
    browser.open(page.url());
  }

  @AfterAll
  static void close() {
    if (page != null) {
      page.close();
    }
    if (browser != null) {
      browser.close();
    }
  }

  /** What is avoided in it is the second line of each. */
  private static Stream<String[]> lines() {
    return Stream.of(
        line("a circle --no \"green, \\\"x\\\" y\"", "green, \"x\" y"),
        line("a 5\" circle --no blue and a 6\" square", "blue and a 6\" square"),
        line("a 5\" circle --no \"blue\" --steps 4 and a 6\" square", "blue"),
        line("a circle --no „rot, blau“ --steps 4", "rot, blau"),
        line("a circle --no „rot, blau” --steps 4", "rot, blau"),
        line("a circle --no “red --steps 9” --steps 4", "red --steps 9"),
        line("a circle --no «vert, bleu» --steps 4", "vert, bleu"),
        line("a circle --no 'red, blue'", "red, blue"),
        line("a circle \"with --no red\" --steps 4", ""),
        line("a circle with\"--no red\" --steps 4", ""),
        line("a circle —no red —steps 4", "red"),
        line("a circle −-no red -s 4", "red"),
        line("a circle \u2011no red", "red"),
        line("sci-fi — moody circle --no red", "red"),
        line("a circle --no=\"red, blue\" --steps=4", "red, blue"),
        line("a circle --no=red, blue --steps=4", "red, blue"),
        line("a circle --NEG red --s_t-ep 4", "red"),
        line("a circle --no red --no blue", "blue"),
        line("a circle Negative prompt: red, blue --steps 4", "red, blue"),
        line("a circle --no C:\\red\\\"x", "C:\\red\\\"x"),
        line("a circle --no \"C:\\\\ red\"", "C:\\ red"),
        line("a circle --no \"red\n blue\"", "red  blue"));
  }

  private static String[] line(String line, String avoided) {
    return new String[] {line, avoided};
  }

  @ParameterizedTest
  @MethodSource("lines")
  void aControlShowsWhatTheServerReads(String line, String avoided) {
    JsonNode job = page.draw(line);

    assertThat(job.path("negative").asText()).isEqualTo(avoided);
    assertThat(valueIn(line, "no").replace('\n', ' ')).isEqualTo(avoided);
    String steps = valueIn(line, "steps");
    assertThat(steps.isEmpty() ? 4 : Integer.parseInt(steps)).isEqualTo(job.path("steps").asInt());
  }

  @ParameterizedTest
  @MethodSource("lines")
  void whatAControlWritesTheServerReads(String line, String unused) {
    String value = "a \"b\" \\ 'c' --steps 9 “d”";
    JsonNode before = page.draw(line);
    String written = withValue(line, "no", value);

    JsonNode job = page.draw(written);

    assertThat(job.path("negative").asText()).as(written).isEqualTo(value);
    assertThat(valueIn(written, "no")).isEqualTo(value);
    assertThat(job.path("steps")).isEqualTo(before.path("steps"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void whatIsTypedIntoAFieldIsMeant(String value) {
    String line = withValue("a circle --steps 4", "no", value);

    assertThat(page.draw(line).path("negative").asText()).as(line).isEqualTo(value);
    assertThat(valueIn(line, "no")).isEqualTo(value);
  }

  private static Stream<String> values() {
    return Stream.of(
        "red",
        "-1",
        "--steps 7",
        "—s",
        "\"red\"",
        "'red'",
        "5\"",
        "x\\",
        "a=b",
        "«a»",
        "„a“",
        "it's");
  }

  @ParameterizedTest
  @MethodSource("changes")
  void onlyTheFlagChanges(String line, String option, String value, String changed) {
    assertThat(withValue(line, option, value)).isEqualTo(changed);
  }

  private static Stream<String[]> changes() {
    return Stream.of(
        change("a circle --no \"green, \\\"x\\\" y\"", "no", "blue", "a circle --no blue"),
        change(
            "a 5\" circle --steps 4 and a 6\" square",
            "steps",
            "8",
            "a 5\" circle --steps 8 and a 6\" square"),
        change("a circle —no „a b“ –steps 4", "no", "", "a circle –steps 4"),
        change("a circle", "seed", "-1", "a circle --seed -1"),
        change("a circle Negative prompt: x, y --steps 4", "no", "z", "a circle --no z --steps 4"));
  }

  /** A line up to the caret, and what is offered for it of one verb and two of two words. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/pre | verb pre",
        "/preset | verb preset",
        "'/preset ' | 'verb preset '",
        "/preset sa | verb preset sa",
        "/Preset SA | verb preset sa",
        "/preset save --mo | flag mo of preset save",
        "/preset save x --mo | flag mo of preset save",
        "/preset  SAVE x --mo | flag mo of preset save",
        "/imagine --st | flag st of imagine",
        "/imagine preset save --st | flag st of imagine",
      })
  void verbsOfTwoWordsAreCompleted(String line, String offered) {
    Object found =
        browser.run(
            """
            const { completionAt, verbIn } = await import("/line.js");
            const verbs = ["imagine", "preset save", "preset show"].map((name) => ({ name }));
            const { kind, typed } = completionAt(arguments[0], arguments[0].length, []);
            const verb = kind === "verb" ? "" : ` of ${verbIn(arguments[0], verbs).name}`;
            return `${kind} ${typed}${verb}`;
            """,
            line);

    assertThat(found).isEqualTo(offered);
  }

  private static String[] change(String line, String option, String value, String changed) {
    return new String[] {line, option, value, changed};
  }

  private static String valueIn(String line, String option) {
    return script("valueIn(arguments[0], option, options)", line, option);
  }

  private static String withValue(String line, String option, String value) {
    return script("withValue(arguments[0], option, arguments[2], options)", line, option, value);
  }

  private static String script(String expression, Object... arguments) {
    return String.valueOf(
        browser.run(
            """
            const { valueIn, withValue } = await import("/line.js");
            const verbs = await (await fetch("/api/verbs")).json();
            const options = verbs.find((verb) => verb.name === "imagine").options;
            const option = options.find((each) => each.name === arguments[1]);
            return %s;
            """
                .formatted(expression),
            arguments));
  }
}

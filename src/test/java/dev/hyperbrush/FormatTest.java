package dev.hyperbrush;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The sources are formatted by google-java-format. {@code mvn test -Dgroups=style
 * -Dhyperbrush.format=write} rewrites what is not.
 */
@Tag("style")
final class FormatTest {
  private static final boolean WRITE = "write".equals(System.getProperty("hyperbrush.format"));

  @Test
  void sourcesAreFormatted() throws Exception {
    Formatter formatter = new Formatter();
    List<Path> wrong = new ArrayList<>();
    for (Path source : sources()) {
      String text = Files.readString(source);
      String formatted = formatter.formatSourceAndFixImports(text);
      if (formatted.equals(text)) {
        continue;
      }
      if (WRITE) {
        Files.writeString(source, formatted);
      } else {
        wrong.add(source);
      }
    }
    assertThat(wrong)
        .as("not formatted; run: mvn test -Dgroups=style -Dhyperbrush.format=write")
        .isEmpty();
  }

  private static List<Path> sources() throws Exception {
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }
}

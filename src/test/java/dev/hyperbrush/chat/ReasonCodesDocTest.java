package dev.hyperbrush.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.generation.ReasonCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/reason-codes.md} lists every code. {@code mvn test -Dtest=ReasonCodesDocTest
 * -Dhyperbrush.docs=write} writes it.
 */
final class ReasonCodesDocTest {
  private static final boolean WRITE = "write".equals(System.getProperty("hyperbrush.docs"));
  private static final Path FILE = Path.of("docs", "reason-codes.md");
  private static final Path ENUM =
      Path.of("src", "main", "java", "dev", "hyperbrush", "generation", "ReasonCode.java");

  /** A heading of a section, or the name of a constant. */
  private static final Pattern ENTRY = Pattern.compile("(?m)^  (?:// (.+)|([A-Z][A-Z_]+)\\()");

  @Test
  void everyCodeIsListedWithItsSentence() throws IOException {
    String expected = document();
    if (WRITE) {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, expected);
    }
    assertThat(FILE)
        .as("write it with: mvn test -Dtest=ReasonCodesDocTest -Dhyperbrush.docs=write")
        .hasContent(expected);
  }

  @Test
  void everyConstantIsFoundInTheSource() throws IOException {
    assertThat(ENTRY.matcher(Files.readString(ENUM)).results().filter(e -> e.group(2) != null))
        .hasSize(ReasonCode.values().length);
  }

  private static String document() throws IOException {
    StringBuilder text =
        new StringBuilder(
            """
            # Reason codes

            Every refusal and every notice has a code that is the same on every surface and in every
            language, and stays the same from version to version. People read the sentence; scripts,
            logs and tests go by the code. Numbered places hold the values at hand.
            """);
    Matcher entries = ENTRY.matcher(Files.readString(ENUM));
    while (entries.find()) {
      if (entries.group(1) != null) {
        text.append("\n## ").append(entries.group(1)).append("\n\n");
        text.append("| code | sentence |\n|---|---|\n");
      } else {
        ReasonCode code = ReasonCode.valueOf(entries.group(2));
        text.append("| `").append(code).append("` | ").append(cell(code.english())).append(" |\n");
      }
    }
    return text.toString();
  }

  private static String cell(String sentence) {
    return sentence.replace("|", "\\|").replace("<", "&lt;");
  }
}

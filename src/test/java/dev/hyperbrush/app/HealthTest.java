package dev.hyperbrush.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code health}, as a container's watchman runs it. */
final class HealthTest {
  @TempDir private Path data;
  private final StringWriter err = new StringWriter();

  @Test
  void aBotThatAnswersIsWell() throws Exception {
    try (BotProcess _ = BotProcess.serve(data)) {
      assertThat(health()).isZero();
      assertThat(err.toString()).isEmpty();
    }
  }

  @Test
  void noBotIsNotWell() {
    assertThat(health()).isEqualTo(1);
    assertThat(err.toString()).contains("No bot is running");
  }

  @Test
  void aBotThatHasDiedIsNotWell() {
    RunningBot.announce(data, "http://127.0.0.1:1/");

    assertThat(health()).isEqualTo(1);
    assertThat(err.toString()).contains("http://127.0.0.1:1/ does not answer");
  }

  private int health() {
    return Main.commandLine()
        .setErr(new PrintWriter(err))
        .execute("health", "--data", data.toString());
  }
}

package dev.hyperbrush.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does on the command line while the real program runs. */
final class AdminTest {
  @TempDir private Path data;
  @TempDir private Path elsewhere;

  @Test
  void theQueueIsPausedBackedUpBroughtBackAndResumed() throws Exception {
    long waiting;
    try (BotProcess bot = BotProcess.serve(data)) {
      assertThat(said("admin", "pause", "--data", data.toString())).contains("paused");
      waiting = job(bot.say("/imagine a red circle --seed 1"));
      assertThat(said("admin", "--data", data.toString())).contains("paused", "Waiting: 1");

      assertThat(said("backup", "--data", data.toString())).contains("Backed up to");
      assertThat(said("restore", "--replace", "--data", data.toString(), backup().toString()))
          .contains("in use");

      assertThat(said("admin", "resume", "--data", data.toString())).contains("open");
      assertThat(bot.awaitEnd(waiting).path("state").asText()).isEqualTo("done");
      assertThat(said("admin", "drain", "--data", data.toString())).contains("draining");
      assertThat(bot.say("/imagine a red circle").path("code").asText())
          .isEqualTo("QUEUE_DRAINING");
      assertThat(bot.stop()).isZero();
    }
    assertThat(said("admin", "--data", data.toString())).contains("No bot is running");

    assertThat(said("restore", "--data", elsewhere.toString(), backup().toString()))
        .contains("Restored into " + elsewhere);
    try (BotProcess bot = BotProcess.serve(elsewhere)) {
      bot.say("/admin resume"); // it was paused when it was backed up
      assertThat(bot.awaitEnd(waiting).path("state").asText()).isEqualTo("done");
    }
  }

  private Path backup() throws IOException {
    try (Stream<Path> backups = Files.list(data.resolve("backups"))) {
      return backups.findFirst().orElseThrow();
    }
  }

  private static long job(JsonNode reply) {
    return reply.at("/jobs/0/id").asLong();
  }

  private static String said(String... arguments) throws IOException {
    try (BotProcess process = BotProcess.run(arguments)) {
      return process.awaitOutput();
    }
  }
}

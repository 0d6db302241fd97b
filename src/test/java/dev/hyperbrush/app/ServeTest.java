package dev.hyperbrush.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program with the built-in model, from outside. */
final class ServeTest {
  private static final String SLOW =
      "/imagine a yellow star on a black background --steps 50 --guidance 4";

  @TempDir private Path data;

  @Test
  void whatWasAcceptedBeforeAKillIsDrawnAfterItWithTheSameSeed() throws Exception {
    List<JsonNode> accepted = new ArrayList<>();
    try (BotProcess bot = BotProcess.serve(data)) {
      for (int i = 0; i < 4; i++) {
        accepted.add(bot.say(SLOW).at("/jobs/0"));
      }
      bot.kill();
    }
    try (BotProcess bot = BotProcess.serve(data)) {
      for (JsonNode job : accepted) {
        JsonNode ended = bot.awaitEnd(job.path("id").asLong());
        assertThat(ended.path("state").asText()).isEqualTo("done");
        assertThat(ended.path("line")).isEqualTo(job.path("line"));
      }
      JsonNode first = accepted.getFirst();
      byte[] drawn = bot.picture(bot.awaitEnd(first.path("id").asLong()));
      long again = bot.say(first.path("line").asText()).at("/jobs/0/id").asLong();
      assertThat(bot.picture(bot.awaitEnd(again))).isEqualTo(drawn);
    }
  }

  @Test
  void toldToStopItStopsInOrderAndGoesOnAtTheNextStart() throws Exception {
    JsonNode job;
    try (BotProcess bot = BotProcess.serve(data)) {
      job = bot.say(SLOW).at("/jobs/0");
      assertThat(bot.stop()).isZero();
      assertThat(bot.awaitOutput()).isEqualTo("Stopping\n");
    }
    try (BotProcess bot = BotProcess.serve(data)) {
      assertThat(bot.saidBeforeReady()).doesNotContain("not finished");
      assertThat(bot.awaitEnd(job.path("id").asLong()).path("state").asText()).isEqualTo("done");
    }
  }

  @Test
  void startsThatFailCostAJobNothing() throws Exception {
    JsonNode job;
    try (BotProcess bot = BotProcess.serve(data)) {
      job = bot.say(SLOW).at("/jobs/0");
      bot.kill();
    }
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      for (int i = 0; i < 3; i++) {
        try (BotProcess bot = BotProcess.run("serve", "--port", port, "--data", data.toString())) {
          assertThat(bot.awaitOutput()).contains(port);
          assertThat(bot.exitCode()).isEqualTo(1);
        }
      }
    }
    try (BotProcess bot = BotProcess.serve(data)) {
      assertThat(bot.awaitEnd(job.path("id").asLong()).path("state").asText()).isEqualTo("done");
    }
  }

  @Test
  void aSecondOneForTheSameDataIsRefusedInASentence() throws Exception {
    try (BotProcess bot = BotProcess.serve(data);
        BotProcess second = BotProcess.run("serve", "--port", "0", "--data", data.toString())) {
      assertThat(second.awaitOutput()).contains(data.toString()).hasLineCount(1);
      assertThat(second.exitCode()).isEqualTo(1);
      assertThat(bot.say("/queue").path("code").isNull()).isTrue();
    }
  }

  @Test
  void aPortInUseIsRefusedInASentence(@TempDir Path other) throws Exception {
    try (BotProcess bot = BotProcess.serve(data)) {
      String port = String.valueOf(URI.create(bot.url()).getPort());
      try (BotProcess second =
          BotProcess.run("serve", "--port", port, "--data", other.toString())) {
        assertThat(second.awaitOutput()).contains(port).hasLineCount(1);
        assertThat(second.exitCode()).isEqualTo(1);
      }
    }
  }
}

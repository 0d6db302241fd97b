package dev.hyperbrush.chat.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.fakediscord.FakeChannel;
import dev.hyperbrush.fakediscord.FakeMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How far a job is, in the message that becomes its picture. */
final class DiscordProgressFlowTest {
  @TempDir private static Path data;
  private static DiscordWorld world;

  @BeforeAll
  static void begin() {
    world = new DiscordWorld(data);
  }

  @AfterAll
  static void end() {
    world.close();
  }

  private Duration passed = Duration.ZERO;

  /** Time passes for the bot, until the message says this. */
  private void awaitInTime(FakeMessage message, String part) {
    world.discord.await(
        part,
        () -> {
          passed = passed.plusMillis(200);
          world.clockAhead(passed);
          return message.text().contains(part);
        });
  }

  @Test
  void aLongDrawingSaysHowFarItIs() {
    world.world().painter.hold();
    FakeChannel art = world.channel();
    FakeMessage message =
        world
            .ann
            .in(art)
            .slash("imagine", Map.of("prompt", "a mural --size 256x256 --steps 8"))
            .reply();
    world.world().painter.step(2);
    awaitInTime(message, "Drawing: 20%");
    assertThat(message.text()).contains("a mural");
    world.world().painter.step(3);
    awaitInTime(message, "Drawing: 60%");
    assertThat(DiscordWorld.button(message, "cancel")).isNotEmpty();
    world.world().painter.go();
    world.awaitPictures(message, 1);
    assertThat(message.text()).doesNotContain("Drawing");
    assertThat(art.messages()).containsExactly(message);
  }
}

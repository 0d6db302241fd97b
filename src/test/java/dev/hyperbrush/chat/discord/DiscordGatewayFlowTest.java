package dev.hyperbrush.chat.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.fakediscord.FakeChannel;
import dev.hyperbrush.fakediscord.FakeGateway;
import dev.hyperbrush.fakediscord.FakeInteraction;
import dev.hyperbrush.fakediscord.FakeMessage;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The connection to Discord's gateway fails in some way, and everything is answered once. */
final class DiscordGatewayFlowTest {
  private static final int ANSWERED_ALREADY = 40060;

  @TempDir private Path data;
  private DiscordWorld world;
  private FakeGateway gateway;
  private FakeChannel art;

  @BeforeEach
  void begin() {
    world = new DiscordWorld(data);
    gateway = world.discord.gateway();
    art = world.channel();
    world.drawn(world.ann, world.channel(), "a stork"); // JDA has all that it needs to resume
  }

  @AfterEach
  void end() {
    world.close();
  }

  private void assertArrives(FakeMessage message) {
    world.awaitPictures(message, 1);
    assertThat(message.channel.messages()).containsExactly(message);
  }

  @Test
  void whatIsAskedWhileTheGatewayIsAwayIsAnsweredOnce() {
    gateway.cut();
    FakeInteraction asked = world.imagine(world.ann, art, "a heron");
    assertArrives(asked.reply());
    gateway.askToReconnect();
    gateway.awaitResumes(2);
    world.drawn(world.ann, world.channel(), "another heron");
    assertThat(gateway.identifies()).isOne();
  }

  @Test
  void whatIsHeardTwiceIsDrawnOnce() {
    world.expectViolation("has already been acknowledged");
    FakeMessage drawn = world.drawn(world.ann, art, "a heron");
    world.world().painter.hold();
    FakeMessage waiting = world.imagine(world.ann, art, "another heron").reply();
    gateway.repeatInteractions();
    gateway.askToReconnect();
    gateway.awaitResumes(1);
    world.discord.await("answers given again", () -> answeredAgain() == 3);
    world.world().painter.go();
    world.awaitPictures(waiting, 1);
    assertThat(art.messages()).containsExactly(drawn, waiting);
    assertThat(world.world().queue.find(3)).isPresent();
    assertThat(world.world().queue.find(4)).isEmpty();
  }

  private long answeredAgain() {
    return world.discord.errors().stream().filter(error -> error == ANSWERED_ALREADY).count();
  }

  @Test
  void aConnectionThroughWhichNothingComesIsLeftForAnother() {
    gateway.heartbeatEvery(Duration.ofMillis(400));
    gateway.askToReconnect();
    gateway.awaitResumes(1);
    gateway.freeze();
    gateway.heartbeatEvery(Duration.ofMinutes(1)); // the next one is to live
    FakeInteraction asked = world.imagine(world.ann, art, "a heron");
    assertArrives(asked.reply());
    assertThat(gateway.resumes()).isEqualTo(2);
    assertThat(gateway.identifies()).isOne();
  }
}

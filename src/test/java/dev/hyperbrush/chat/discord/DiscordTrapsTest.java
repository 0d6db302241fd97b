package dev.hyperbrush.chat.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hyperbrush.LogLines;
import dev.hyperbrush.chat.ChatWorld;
import dev.hyperbrush.fakediscord.FakeChannel;
import dev.hyperbrush.fakediscord.FakeDiscord;
import dev.hyperbrush.fakediscord.FakeGateway;
import dev.hyperbrush.fakediscord.FakeInteraction;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.store.HeldDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What JDA does by itself, and the bot with it must not. */
final class DiscordTrapsTest {
  @TempDir private Path data;

  /**
   * After a connection that did not come about, JDA by itself goes to Discord's own gateway, with
   * the token, wherever requests go.
   */
  @Test
  void theGatewayIsSoughtWhereRequestsGo() {
    try (DiscordWorld world = new DiscordWorld(data)) {
      FakeGateway gateway = world.discord.gateway();
      world.drawn(world.ann, world.channel(), "a vixen"); // JDA has all that it needs to resume
      gateway.hangUp(true);
      gateway.cut();
      gateway.awaitHungUp();
      gateway.hangUp(false);
      gateway.awaitResumes(1);
      world.drawn(world.ann, world.channel(), "a fox");
    }
  }

  @Test
  void whatStandsInForDiscordMayNotNameDiscordsGateway() {
    try (LogLines log = LogLines.hear();
        FakeDiscord discord = FakeDiscord.start();
        ChatWorld world = new ChatWorld(data)) {
      discord.gateway().callItself("wss://gateway.discord.gg");
      world.with(
          DiscordAdapter.start(
              new DiscordSettings(Optional.of(discord.token()), Optional.of(discord.api()), 0),
              world.parts));
      String refusal =
          Phrase.of(ReasonCode.DISCORD_GATEWAY_ELSEWHERE, discord.api(), "wss://gateway.discord.gg")
              .english();
      await().until(() -> log.lines().contains(refusal));
      assertThat(discord.commands()).isEmpty();
      assertThat(log.lines()).noneMatch(line -> line.contains(discord.token()));
    }
  }

  @Test
  void aWrongTokenIsOneSentenceAndTheRestWorks() {
    try (LogLines log = LogLines.hear();
        FakeDiscord discord = FakeDiscord.start();
        ChatWorld world = new ChatWorld(data)) {
      world.with(
          DiscordAdapter.start(
              new DiscordSettings(Optional.of("MTE.wrong"), Optional.of(discord.api()), 0),
              world.parts));
      await()
          .until(() ->
              log.lines().stream().anyMatch(line -> line.contains("HYPERBRUSH_DISCORD_TOKEN")));
      assertThat(log.lines()).noneMatch(line -> line.contains("MTE.wrong"));
      assertThat(log.lines()).noneMatch(line -> line.contains("\tat "));
      assertThat(discord.gateway().handshakes()).isZero();
    }
  }

  /** On the gateway's thread, a command that takes its time would hold up all others. */
  @Test
  void whoWaitsForTheDatabaseHoldsUpNobody() throws InterruptedException {
    try (DiscordWorld world = new DiscordWorld(data)) {
      FakeChannel art = world.channel();
      world.drawn(world.ann, art, "a fox");
      FakeInteraction slow;
      try (HeldDatabase _ = HeldDatabase.hold(world.world().database)) {
        slow = world.imagine(world.ann, art, "another fox");
        FakeInteraction typed =
            world.mod.in(art).complete("imagine", Map.of("prompt", "x"), "model", "");
        assertThat(typed.choices()).isNotEmpty();
        slow.awaitAcknowledged(); // in time, though nothing can be said yet
        assertThat(slow.message().isLoading()).isTrue();
      }
      world.awaitPictures(slow.reply(), 1);
    }
  }

  /** By itself JDA connects hundreds of times a second. */
  @Test
  void aGatewayThatClosesAfterTheHandshakeIsGivenTime() {
    try (DiscordWorld world = new DiscordWorld(data)) {
      FakeGateway gateway = world.discord.gateway();
      world.drawn(world.ann, world.channel(), "a vixen"); // JDA has all that it needs to resume
      int before = gateway.handshakes();
      gateway.closeAfterHandshake(true);
      long start = System.nanoTime();
      gateway.cut();
      world.discord.await("three more connections", () -> gateway.handshakes() >= before + 3);
      Duration time = Duration.ofNanos(System.nanoTime() - start);
      gateway.closeAfterHandshake(false);
      assertThat(time).isGreaterThanOrEqualTo(GatewayListener.FIRST_PAUSE.multipliedBy(3));
      world.drawn(world.ann, world.channel(), "a fox");
      assertThat(gateway.identifies()).isOne();
    }
  }

  /** Both libraries bring one, of different versions and in the same packages. */
  @Test
  void thereIsOneOkHttp() throws IOException {
    String name = OkHttpClient.class.getName().replace('.', '/') + ".class";
    assertThat(Collections.list(getClass().getClassLoader().getResources(name))).hasSize(1);
  }
}

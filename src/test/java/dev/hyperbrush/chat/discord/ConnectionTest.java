package dev.hyperbrush.chat.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.hyperbrush.chat.ChatWorld;
import dev.hyperbrush.fakediscord.FakeDiscord;
import dev.hyperbrush.fakediscord.Fault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Going on Discord and staying there: with JDA over the loopback. */
final class ConnectionTest {
  @TempDir Path data;

  private final FakeDiscord discord = FakeDiscord.start(Clock.systemUTC());
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger("ROOT");
  private final Logger own = (Logger) LoggerFactory.getLogger("dev.hyperbrush.chat.discord");
  private ChatWorld world;

  @BeforeEach
  void listen() {
    log.start();
    root.addAppender(log);
    own.setLevel(Level.INFO);
    world = new ChatWorld(data);
  }

  @AfterEach
  void stop() {
    world.close();
    discord.close();
    root.detachAppender(log);
    own.setLevel(null);
    assertThat(lines()).noneMatch(line -> line.contains(discord.token()));
  }

  private void start(String token) {
    world.with(
        DiscordAdapter.start(
            new DiscordSettings(Optional.of(token), Optional.of(discord.api()), 0), world.parts));
  }

  private List<String> lines() {
    return List.copyOf(log.list).stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private void awaitLine(String part) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(lines()).anyMatch(line -> line.contains(part)));
  }

  @Test
  void aWrongTokenIsOneSentence() {
    start("MTE.wrong.token");
    awaitLine("Discord does not know the bot's token");
    assertThat(lines()).noneMatch(line -> line.contains("MTE.wrong.token"));
    assertThat(world.commands.verbs()).isNotEmpty();
  }

  @Test
  void whatCannotBeReachedIsTriedAgain() {
    discord.faults().next("GET /gateway/bot", 2, new Fault.LostAnswer());
    start(discord.token());
    awaitLine("Discord cannot be reached");
    discord.awaitCommand("imagine");
    discord.gateway().awaitConnected(1);
    assertThat(lines().stream().filter(line -> line.contains("cannot be reached"))).hasSize(1);
  }

  @Test
  void commandsAreRegisteredOnlyWhenTheyChange() {
    start(discord.token());
    awaitLine("Invite it with https://discord.com/oauth2/authorize?client_id=");
    awaitLine("Discord was told of");
    world.close();
    world = new ChatWorld(data);
    start(discord.token());
    await().until(() -> discord.gateway().identifies() == 2);
    discord.gateway().awaitConnected(1);
    discord.gateway().awaitActivity("/imagine");
    assertThat(discord.calls().stream().filter(call -> call.route().startsWith("PUT"))).hasSize(1);
    assertThat(discord.violations()).isEmpty();
  }

  @Test
  void commandsAreToldAgainWhenDiscordWasInTrouble() {
    discord.faults().next("PUT /applications/{application}/commands", 1, Fault.status(500));
    start(discord.token());
    discord.awaitCommand("imagine");
    assertThat(discord.gateway().identifies()).isEqualTo(1);
  }

  @Test
  void aLostTokenIsToldAndNotTriedAgain() {
    start(discord.token());
    discord.awaitCommand("imagine");
    discord.gateway().awaitConnected(1);
    discord.gateway().close(4004);
    awaitLine("Discord does not know the bot's token");
  }

  @Test
  void discordsOwnGatewayNeverGetsTheTokenInstead() {
    GatewaySessions redirected = new GatewaySessions(Optional.of(URI.create("http://localhost/")));
    assertThat(redirected.isRefused("wss://gateway.discord.gg/")).isTrue();
    assertThat(redirected.isRefused("wss://GATEWAY-us.DISCORD.gg:443")).isTrue();
    assertThat(redirected.isRefused("ws://127.0.0.1:99/")).isFalse();
    assertThat(redirected.isRefused("wss://notdiscord.gg/")).isFalse();
    assertThat(new GatewaySessions(Optional.empty()).isRefused("wss://gateway.discord.gg/"))
        .isFalse();
  }
}

package dev.hyperbrush.fakediscord;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;
import net.dv8tion.jda.api.hooks.EventListener;
import net.dv8tion.jda.api.interactions.commands.build.Commands;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What goes wrong at the gateway, and what JDA alone makes of it. */
final class FakeGatewayTest {
  private final FakeDiscord discord = FakeDiscord.start();
  private final FakeGateway gateway = discord.gateway();
  private final FakeGuild guild = discord.guild("Painters");
  private final FakeChannel art = guild.channel("art");
  private final FakePerson ann = guild.join(discord.person("ann"));
  private final AtomicInteger heard = new AtomicInteger();
  private Optional<JDA> jda = Optional.empty();

  private void login() {
    EventListener listener =
        event -> {
          if (event instanceof SlashCommandInteractionEvent slash) {
            heard.incrementAndGet();
            slash.reply("pong").queue();
          }
        };
    JDA started = PlainBot.start(discord, listener);
    jda = Optional.of(started);
    started.updateCommands().addCommands(Commands.slash("ping", "Says pong.")).complete();
  }

  @AfterEach
  void stop() {
    jda.ifPresent(JDA::shutdownNow);
    discord.close();
  }

  private void assertAnswered() {
    int before = heard.get();
    assertThat(ann.in(art).slash("ping", Map.of()).reply().text()).isEqualTo("pong");
    assertThat(heard.get()).isEqualTo(before + 1);
    assertThat(discord.violations()).isEmpty();
  }

  @Test
  void whatHappensWhileAConnectionIsCutIsHeardOnce() {
    login();
    assertAnswered();
    gateway.cut();
    assertAnswered();
    assertThat(gateway.resumes()).isOne();
    gateway.askToReconnect();
    gateway.awaitResumes(2);
    assertAnswered();
    assertThat(gateway.identifies()).isOne();
  }

  @Test
  void aConnectionWithoutHeartbeatIsLeftForANewOne() {
    gateway.heartbeatEvery(Duration.ofMillis(100));
    login();
    gateway.beDeaf(true);
    discord.await("a second connection", () -> gateway.handshakes() >= 2);
    gateway.beDeaf(false);
    assertAnswered();
  }

  @Test
  void aClosedPortOpensAgain() {
    login();
    gateway.closePort();
    FakeInteraction missed = ann.in(art).slash("ping");
    gateway.openPort();
    assertThat(missed.reply().text()).isEqualTo("pong");
    assertThat(gateway.identifies()).isOne();
  }

  /** What keeps the adapter from it is in the adapter's own tests. */
  @Test
  void aGatewayThatClosesAfterTheHandshakeMakesJdaSpin() {
    login();
    gateway.closeAfterHandshake(true);
    Instant start = Instant.now();
    gateway.cut();
    discord.await("many connections", () -> gateway.handshakes() >= 20);
    gateway.closeAfterHandshake(false);
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(10));
    assertAnswered();
  }
}

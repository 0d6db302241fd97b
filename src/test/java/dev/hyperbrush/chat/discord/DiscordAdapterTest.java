package dev.hyperbrush.chat.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.chat.ChatWorld;
import dev.hyperbrush.fakediscord.FakeChannel;
import dev.hyperbrush.fakediscord.FakeDiscord;
import dev.hyperbrush.fakediscord.FakeGuild;
import dev.hyperbrush.fakediscord.FakeInteraction;
import dev.hyperbrush.fakediscord.FakeMessage;
import dev.hyperbrush.fakediscord.FakePerson;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people do on Discord, as verbs, and the answers: with JDA over the loopback. */
final class DiscordAdapterTest {
  @TempDir Path data;

  private final FakeDiscord discord = FakeDiscord.start(Clock.systemUTC());
  private final FakeGuild guild = discord.guild("Painters");
  private final FakeChannel art = guild.channel("art");
  private final FakePerson ann = guild.join(discord.person("ann"));
  private ChatWorld world;

  @BeforeEach
  void begin() {
    world = new ChatWorld(data);
    DiscordAdapter adapter =
        DiscordAdapter.start(
            new DiscordSettings(Optional.of(discord.token()), Optional.of(discord.api()), 0),
            world.parts);
    world.with(adapter);
    world.draw();
    world.post(Map.of(adapter.name(), adapter.courier()));
    discord.awaitCommand("imagine");
  }

  @AfterEach
  void end() {
    world.close();
    discord.close();
  }

  @Test
  void aCommandBecomesAPicture() {
    FakeInteraction asked =
        ann.in(art).slash("imagine", Map.of("prompt", "a fox --steps 2", "seed", "7"));
    FakeMessage message = asked.reply();
    discord.await("the picture", () -> message.files().size() == 1);
    assertThat(asked.acknowledgedAfter()).hasSeconds(0);
    assertThat(discord.violations()).isEmpty();
    assertThat(discord.errors()).isEmpty();
  }
}

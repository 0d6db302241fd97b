package dev.hyperbrush.chat.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hyperbrush.chat.ChatWorld;
import dev.hyperbrush.fakediscord.FakeChannel;
import dev.hyperbrush.fakediscord.FakeDiscord;
import dev.hyperbrush.fakediscord.FakeGuild;
import dev.hyperbrush.fakediscord.FakeInteraction;
import dev.hyperbrush.fakediscord.FakeMessage;
import dev.hyperbrush.fakediscord.FakePerson;
import dev.hyperbrush.fakediscord.Fault;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Answers that are promised first, as no verb is fast enough here. */
@TestInstance(Lifecycle.PER_CLASS)
final class AnswersTest {
  private FakeDiscord discord;
  private FakeGuild guild;
  private ChatWorld world;

  @BeforeAll
  void begin(@TempDir Path data) {
    discord = FakeDiscord.start(Clock.systemUTC());
    guild = discord.guild("Painters");
    world = new ChatWorld(data);
    DiscordAdapter adapter =
        DiscordAdapter.start(
            new DiscordSettings(Optional.of(discord.token()), Optional.of(discord.api()), 0),
            world.parts,
            Duration.ZERO);
    world.with(adapter);
    world.draw();
    world.post(Map.of(adapter.name(), adapter.courier()));
    discord.awaitCommand("imagine");
  }

  @AfterAll
  void end() {
    world.close();
    discord.close();
  }

  private FakePerson member(String name) {
    return guild.join(discord.person(name));
  }

  @Test
  void aPromiseBecomesThePicture() {
    FakeChannel art = guild.channel("art");
    FakeMessage message = member("ann").in(art).slash("imagine", Map.of("prompt", "a fox")).reply();
    discord.await("the picture", () -> !message.files().isEmpty());
    assertThat(art.messages()).containsExactly(message);
    assertThat(discord.violations()).isEmpty();
  }

  @Test
  void aRefusalOfWhatWasPromisedToAllIsStillOnlyForOne() {
    FakeChannel art = guild.channel("art");
    FakePerson ann = member("ann");
    FakeInteraction asked = ann.in(art).slash("imagine", Map.of("prompt", "a fox --bogus"));
    FakeMessage refused = asked.followUps(1).getFirst();
    assertThat(refused.text()).contains("bogus");
    assertThat(refused.onlyFor()).contains(ann);
    assertThat(art.messages()).isEmpty();
  }

  @Test
  void aQuietAnswerIsPromisedQuietly() {
    FakeChannel art = guild.channel("art");
    FakePerson ann = member("ann");
    FakeMessage answer = ann.in(art).slash("queue").reply();
    assertThat(answer.onlyFor()).contains(ann);
    assertThat(art.messages()).isEmpty();
  }

  @Test
  void anAnswerThatCannotBeGivenLosesNothing() {
    FakeChannel art = guild.channel("art");
    FakePerson ann = member("ann");
    discord
        .faults()
        .next(
            "POST /interactions/{interaction}/{token}/callback",
            1,
            Fault.error(404, 10062, "Unknown interaction"));
    ann.in(art).slash("imagine", Map.of("prompt", "a lost fox"));
    await()
        .atMost(Duration.ofSeconds(15))
        .until(() -> art.messages().stream().anyMatch(message -> !message.files().isEmpty()));
    assertThat(art.messages()).hasSize(1);
  }
}

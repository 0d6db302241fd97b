package dev.hyperbrush.fakediscord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.NodePeer;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A bot written with discord.js, which knows Discord and not the fake, finds nothing wrong in it.
 */
final class DiscordJsTest {
  private final FakeDiscord discord = FakeDiscord.start();
  private final FakeChannel art = discord.guild("Painters").channel("art");
  private final FakePerson ann = art.guild.orElseThrow().join(discord.person("ann"));
  private final Visit there = ann.in(art);

  @Test
  void goesThroughAllThatABotDoes() throws IOException, InterruptedException {
    String api = discord.api().resolve("..").toString().replaceAll("/$", "");
    try (discord;
        NodePeer bot = NodePeer.start("discordjs", api, discord.token())) {
      assertThat(bot.line()).isEqualTo("here is hyperbrush in 1 server, 1 channel");
      buttons(bot, picture(bot));
      resumes(bot);
      assertThat(discord.violations()).isEmpty();
      refusals(bot);
      there.slash("imagine", Map.of("prompt", "bye"));
      assertThat(bot.line()).startsWith("edited 1 files");
      assertThat(bot.awaitEnd()).isZero();
    }
  }

  private FakeMessage picture(NodePeer bot) throws InterruptedException {
    FakeInteraction typed = there.complete("imagine", Map.of("prompt", "a"), "model", "tiny");
    assertThat(typed.choices()).containsExactly(new FakeInteraction.Choice("tiny small", "small"));
    assertThat(bot.line()).isEqualTo("completed tiny");
    FakeMessage picture = there.slash("imagine", Map.of("prompt", "a fox")).reply();
    assertThat(bot.line()).isEqualTo("edited 1 files, a fox, 32768");
    assertThat(picture.gallery()).hasSize(1);
    there.slash("imagine", Map.of("prompt", "channel"));
    assertThat(bot.line()).startsWith("edited");
    assertThat(bot.line()).isEqualTo("sent, edited in the channel");
    return picture;
  }

  private void buttons(NodePeer bot, FakeMessage picture) throws InterruptedException {
    assertThat(there.press(picture, "Again").reply().text()).isEqualTo("pressed again");
    assertThat(bot.line()).isEqualTo("pressed again of 1 files");
    FakeInteraction remix = there.press(picture, "Remix");
    assertThat(remix.modal().value("prompt")).isEqualTo("a fox");
    assertThat(bot.line()).isEqualTo("shown modal");
    there.submit(remix, Map.of("prompt", "two foxes"));
    assertThat(bot.line()).isEqualTo("modal two foxes");
  }

  private void resumes(NodePeer bot) throws InterruptedException {
    discord.gateway().cut();
    FakeInteraction missed = there.slash("imagine", Map.of("prompt", "missed"));
    assertThat(bot.line()).startsWith("resumed, ");
    assertThat(bot.line()).isEqualTo("edited 1 files, missed, 32768");
    assertThat(missed.reply().text()).isEqualTo("missed");
    assertThat(discord.gateway().identifies()).isOne();
  }

  private void refusals(NodePeer bot) throws InterruptedException {
    there.slash("imagine", Map.of("prompt", "refused"));
    assertThat(bot.line()).startsWith("edited");
    assertThat(bot.line())
        .isEqualTo(
            "refused true 400 50035 content[BASE_TYPE_BAD_LENGTH]:"
                + " Must be between 0 and 2000 in length.");
    assertThat(bot.line()).startsWith("refused 404 10013");
    assertThat(discord.violations()).hasSize(1);
  }
}

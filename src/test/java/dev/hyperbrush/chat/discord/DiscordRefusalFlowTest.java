package dev.hyperbrush.chat.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hyperbrush.fakediscord.FakeChannel;
import dev.hyperbrush.fakediscord.FakeInteraction;
import dev.hyperbrush.fakediscord.FakeMessage;
import dev.hyperbrush.fakediscord.FakePerson;
import dev.hyperbrush.fakediscord.Permission;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people ask for on Discord, and do not get, or think better of. */
final class DiscordRefusalFlowTest {
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

  private static void assertRefused(FakeMessage reply, FakePerson person, String why) {
    assertThat(reply.text()).contains(why);
    assertThat(reply.onlyFor()).contains(person);
    assertThat(reply.files()).isEmpty();
  }

  @Test
  void aRuleOfTheModeratorsIsToldToNobodyElse() {
    FakeChannel art = world.channel();
    FakeMessage added =
        world
            .mod
            .in(art)
            .slash("policy add", Map.of("word", "grotty", "action", "block", "reason", "be kind"))
            .reply();
    assertThat(added.onlyFor()).contains(world.mod);
    assertRefused(world.imagine(world.ann, art, "a grotty cat").reply(), world.ann, "be kind");
    assertThat(art.messages()).isEmpty();
  }

  @Test
  void whatTheModeratorsWantHiddenIsHidden() {
    FakeChannel art = world.channel();
    world.mod.in(art).slash("policy add", Map.of("word", "spider", "action", "spoiler")).reply();
    FakeMessage picture = world.drawn(world.ann, art, "a spider");
    assertThat(picture.gallery())
        .singleElement()
        .satisfies(one -> assertThat(one.spoiler()).isTrue());
  }

  @Test
  void whatIsForAgeRestrictedChannelsIsDrawnThereAlone() {
    FakeChannel art = world.channel();
    world.mod.in(art).slash("policy add", Map.of("word", "absinthe", "action", "age")).reply();
    assertRefused(
        world.imagine(world.ann, art, "absinthe").reply(), world.ann, "age-restricted places only");
    FakeChannel bar = world.channel().restrictAge();
    world.drawn(world.ann, bar, "absinthe");
    world.drawn(world.ann, bar.thread("green fairies"), "absinthe");
    assertThat(art.messages()).isEmpty();
  }

  @Test
  void onlyModeratorsModerate() {
    FakeChannel art = world.channel();
    Map<String, ?> whom = Map.of("person", world.mod);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> world.ann.in(art).slash("ban", whom))
        .withMessageContaining("does not see");
    FakeMessage refused = world.ann.in(art).offeredAll().slash("ban", whom).reply();
    assertRefused(refused, world.ann, "moderator");
    assertThat(world.drawn(world.mod, art, "a gavel").files()).hasSize(1);
  }

  @Test
  void whoIsBannedDrawsNothingUntilThatEnds() {
    FakeChannel art = world.channel();
    FakePerson bob = world.guild.join(world.discord.person("bob"));
    world.drawn(bob, art, "a wall");
    world.mod.in(art).slash("ban", Map.of("person", bob, "reason", "too many walls")).reply();
    assertRefused(world.imagine(bob, art, "a wall").reply(), bob, "too many walls");
    world.mod.in(art).slash("unban", Map.of("person", bob)).reply();
    world.drawn(bob, art, "a door");
  }

  @Test
  void moderatorsDeletePicturesOfOthers() {
    FakeMessage picture = world.drawn(world.ann, world.channel(), "a thistle");
    DiscordWorld.press(world.mod, picture, "delete").awaitAcknowledged();
    picture.awaitDeleted();
  }

  @Test
  void aMissingPermissionIsNamedBeforeAnythingIsDrawn() {
    FakeChannel art = world.channel().denyBot(Permission.ATTACH_FILES);
    assertRefused(world.imagine(world.ann, art, "a moth").reply(), world.ann, "Attach Files");
    FakePerson uwe = world.guild.join(world.discord.person("uwe")).speaking("de");
    assertRefused(world.imagine(uwe, art, "eine Motte").reply(), uwe, "Dateien anhängen");
    FakeChannel thread = world.channel().thread("sketches");
    world.drawn(world.ann, thread, "a moth");
    thread.lock();
    FakeMessage closed = world.imagine(world.ann, thread, "a moth").reply();
    assertThat(closed.onlyFor()).contains(world.ann);
  }

  @Test
  void waitingAndDrawingCanBeCancelled() {
    FakeChannel art = world.channel();
    world.world().painter.hold();
    try {
      FakeMessage drawing = world.imagine(world.ann, art, "a slow snail").reply();
      FakeMessage waiting = world.imagine(world.ann, art, "a slower snail").reply();
      DiscordWorld.press(world.ann, waiting, "cancel").awaitAcknowledged();
      waiting.awaitText("was cancelled");
      DiscordWorld.press(world.ann, drawing, "cancel").awaitAcknowledged();
      drawing.awaitText("was cancelled");
    } finally {
      world.world().painter.go();
    }
    assertThat(world.drawn(world.ann, art, "a fast snail").files()).hasSize(1);
  }

  @Test
  void nobodyCancelsWhatOthersAskedFor() {
    FakeChannel art = world.channel();
    FakePerson bob = world.guild.join(world.discord.person("bob"));
    world.world().painter.hold();
    FakeMessage drawing;
    try {
      drawing = world.imagine(world.ann, art, "a tortoise").reply();
      FakeInteraction pressed = DiscordWorld.press(bob, drawing, "cancel");
      assertThat(pressed.reply().onlyFor()).contains(bob);
    } finally {
      world.world().painter.go();
    }
    world.awaitPictures(drawing, 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@everyone @here <@1> <@&2> <#3> look",
        "**bold** __line__ ||hidden|| `code` [link](http://example.com) # head\n> quote\n- item",
        "\u202Egnp.exe\u202C \u2066hidden\u2069 \u200Fright",
        "```\nunclosed ``` `` ` ~~~ \\",
        "<t:0:R> <:emoji:1> </imagine:1> <id:customize> :smile:",
      })
  void hostilePromptsAreOnlyWords(String prompt) {
    FakeMessage picture = world.drawn(world.ann, world.channel(), prompt);
    assertThat(picture.text()).doesNotContain("\u202E").doesNotContain("\u2066");
    assertThat(picture.text().lines().findFirst().orElseThrow())
        .as("each mark has a backslash before it")
        .doesNotContainPattern("(?<!\\\\)[*`|\\[_]");
    assertThat(world.discord.pings()).isEmpty();
  }

  @Test
  void promptsAsLongAsDiscordAllows() {
    FakeChannel art = world.channel();
    FakeMessage reply =
        world
            .ann
            .in(art)
            .slash("imagine", Map.of("prompt", "\u202E@everyone *".repeat(500)))
            .reply();
    assertThat(reply.text()).isNotEmpty().doesNotContain("\u202E");
  }

  @Test
  void forgedButtonsAreRefused() {
    FakeMessage picture = world.drawn(world.ann, world.channel(), "a bat");
    for (String forged : new String[] {"again:999999:0", "delete:1:99", "x", "admin.status:1:0"}) {
      FakeMessage reply = world.ann.in(picture.channel).pressCustomId(picture, forged).reply();
      assertThat(reply.onlyFor()).contains(world.ann);
    }
    assertThat(picture.isDeleted()).isFalse();
  }
}

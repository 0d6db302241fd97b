package dev.hyperbrush.chat.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.fakediscord.FakeChannel;
import dev.hyperbrush.fakediscord.FakeFile;
import dev.hyperbrush.fakediscord.FakeGuild;
import dev.hyperbrush.fakediscord.FakeInteraction;
import dev.hyperbrush.fakediscord.FakeMessage;
import dev.hyperbrush.fakediscord.FakePerson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people ask for on Discord, and get. */
final class DiscordPictureFlowTest {
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

  @Test
  void aCommandBecomesAPictureInItsOwnAnswer() {
    FakeChannel art = world.channel();
    FakeMessage picture = world.drawn(world.ann, art, "a red fox");
    assertThat(picture.text()).contains("a red fox").contains("256x256");
    assertThat(picture.gallery())
        .singleElement()
        .satisfies(item -> {
          assertThat(item.description()).isEqualTo("a red fox");
          assertThat(item.spoiler()).isFalse();
        });
    assertThat(picture.files()).singleElement().extracting(FakeFile::type).isEqualTo("image/png");
    assertThat(art.messages()).containsExactly(picture);
  }

  @Test
  void whatOfAWishWasChangedIsStillSaidWithThePicture() {
    FakeMessage message =
        world
            .ann
            .in(world.channel())
            .slash("imagine", Map.of("prompt", "an elk --size 100x100 --steps 2"))
            .reply();
    world.awaitPictures(message, 1);
    assertThat(message.text()).contains("Size 100x100 became 96x96");
  }

  @Test
  void severalPicturesAreOneGallery() {
    FakeChannel art = world.channel();
    FakeMessage pictures = world.imagine(world.ann, art, "owls --count 4").reply();
    world.awaitPictures(pictures, 4);
    assertThat(pictures.gallery()).hasSize(4);
    assertThat(art.messages()).containsExactly(pictures);
  }

  @Test
  void againAndVaryDrawAnew() {
    FakeMessage picture = world.drawn(world.ann, world.channel(), "a hare");
    for (String verb : List.of("again", "vary")) {
      FakeMessage next = DiscordWorld.press(world.ann, picture, verb).reply();
      world.awaitPictures(next, 1);
      assertThat(next.text()).contains("a hare");
    }
    assertThat(picture.channel.messages()).hasSize(3);
  }

  @Test
  void otherButtonsTellWhoPressesThem() {
    FakeMessage picture = world.drawn(world.ann, world.channel(), "a newt");
    FakePerson bob = world.guild.join(world.discord.person("bob"));
    FakeMessage settings = DiscordWorld.press(bob, picture, "settings").reply();
    assertThat(settings.onlyFor()).contains(bob);
    assertThat(settings.text()).contains("newt");
    FakeMessage kept = DiscordWorld.press(world.ann, picture, "favourite").reply();
    assertThat(kept.onlyFor()).contains(world.ann);
    assertThat(picture.channel.messages()).containsExactly(picture);
  }

  @Test
  void everyPictureOfSeveralHasButtonsOfItsOwn() {
    FakeMessage pictures = world.imagine(world.ann, world.channel(), "terns --count 4").reply();
    world.awaitPictures(pictures, 4);
    List<String> ids = pictures.buttons().stream().map(FakeMessage.Button::customId).toList();
    assertThat(ids).filteredOn(id -> id.startsWith("vary:")).hasSize(4);
    FakeMessage third =
        world
            .ann
            .in(pictures.channel)
            .press(pictures, ids.stream().filter(id -> id.endsWith(":3")).findFirst().orElseThrow())
            .reply();
    world.awaitPictures(third, 4);
  }

  @Test
  void theOriginalIsHandedOutWithAllThatItHolds() {
    FakeMessage picture = world.drawn(world.ann, world.channel(), "a tern");
    FakeMessage original = DiscordWorld.press(world.ann, picture, "original").reply();
    assertThat(original.onlyFor()).contains(world.ann);
    FakeFile file = original.files().getFirst();
    assertThat(file.type()).isEqualTo("image/png");
    assertThat(new String(file.bytes(), StandardCharsets.ISO_8859_1))
        .contains("a tern", "Steps: 2");
  }

  @Test
  void whoeverAskedForAPictureCanDeleteIt() {
    FakeMessage picture = world.drawn(world.ann, world.channel(), "a wren");
    FakePerson bob = world.guild.join(world.discord.person("bob"));
    assertThat(DiscordWorld.press(bob, picture, "delete").reply().onlyFor()).contains(bob);
    assertThat(picture.isDeleted()).isFalse();
    DiscordWorld.press(world.ann, picture, "delete").awaitAcknowledged();
    picture.awaitDeleted();
  }

  @Test
  void theFormOfAPictureDrawsItWithChanges() {
    FakeMessage picture = world.drawn(world.ann, world.channel(), "a crane");
    FakeInteraction form = DiscordWorld.press(world.ann, picture, "remix");
    assertThat(form.modal().value("prompt")).isEqualTo("a crane");
    FakeMessage next =
        world.ann.in(picture.channel).submit(form, Map.of("prompt", "a blue crane")).reply();
    world.awaitPictures(next, 1);
    assertThat(next.text()).contains("a blue crane");
  }

  @Test
  void theMenuOfAMessageKnowsItsPicture() {
    FakeMessage picture = world.drawn(world.ann, world.channel(), "a mole");
    FakeMessage varied = world.ann.in(picture.channel).messageCommand("Vary", picture).reply();
    world.awaitPictures(varied, 1);
    FakeInteraction form =
        world.ann.in(picture.channel).messageCommand("Use these settings", picture);
    assertThat(form.modal().value("prompt")).isEqualTo("a mole");
    FakeMessage words = world.ann.in(picture.channel).write("no picture");
    FakeMessage answer = world.ann.in(picture.channel).messageCommand("Vary", words).reply();
    assertThat(answer.onlyFor()).contains(world.ann);
  }

  @Test
  void whatIsReportedComesBeforeTheModerators() {
    FakeMessage picture = world.drawn(world.ann, world.channel(), "a viper");
    FakePerson bob = world.guild.join(world.discord.person("bob"));
    FakeMessage thanks =
        bob.in(picture.channel).messageCommand("Report to moderators", picture).reply();
    assertThat(thanks.onlyFor()).contains(bob);
    FakeMessage review = world.mod.in(picture.channel).slash("review list").reply();
    assertThat(review.onlyFor()).contains(world.mod);
    assertThat(review.text()).contains("a viper");
  }

  @Test
  void namesAreCompletedAsTheyAreTyped() {
    FakeInteraction typed =
        world.ann.in(world.channel()).complete("imagine", Map.of("prompt", "x"), "model", "");
    assertThat(typed.choices()).isNotEmpty();
  }

  @Test
  void inDirectMessagesItIsTheSame() {
    FakeChannel direct = world.ann.directMessages();
    FakeMessage picture = world.drawn(world.ann, direct, "a stoat");
    FakeMessage next = DiscordWorld.press(world.ann, picture, "again").reply();
    world.awaitPictures(next, 1);
    assertThat(direct.messages()).containsExactly(picture, next);
  }

  @Test
  void whoBringsTheBotAlongIsAnsweredByTheInteractionAlone() {
    FakeGuild elsewhere = world.discord.foreignGuild("Elsewhere");
    FakePerson eve = elsewhere.join(world.discord.person("eve")).installsTheBot();
    FakeChannel hall = elsewhere.channel("hall");
    for (int i = 0; i < 6; i++) {
      world.drawn(eve, hall, "a lynx " + i);
    }
    assertThat(hall.messages()).hasSize(6);
    assertThat(world.discord.errors()).doesNotContain(50001);
  }

  @Test
  void inAConversationOfOthersItIsTheSame() {
    FakePerson eve = world.discord.person("eve").installsTheBot();
    FakeChannel friends = eve.groupWith(world.ann, world.mod);
    FakeMessage picture = world.drawn(eve, friends, "a seal");
    assertThat(friends.messages()).containsExactly(picture);
  }
}

package dev.hyperbrush.chat.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.chat.ChatWorld;
import dev.hyperbrush.fakediscord.FakeChannel;
import dev.hyperbrush.fakediscord.FakeDiscord;
import dev.hyperbrush.fakediscord.FakeFile;
import dev.hyperbrush.fakediscord.FakeGuild;
import dev.hyperbrush.fakediscord.FakeInteraction;
import dev.hyperbrush.fakediscord.FakeInteraction.Choice;
import dev.hyperbrush.fakediscord.FakeMessage;
import dev.hyperbrush.fakediscord.FakePerson;
import dev.hyperbrush.fakediscord.Permission;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What people do on Discord, as verbs, and the answers: with JDA over the loopback. */
@TestInstance(Lifecycle.PER_CLASS)
final class DiscordAdapterTest {
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
            world.parts);
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

  @AfterEach
  void nothingForbiddenWasDone() {
    assertThat(discord.violations()).isEmpty();
    assertThat(discord.errors()).isEmpty();
  }

  private FakePerson member(String name, Permission... also) {
    return guild.join(discord.person(name), also);
  }

  private FakeMessage picture(FakePerson person, FakeChannel channel, String prompt) {
    return drawn(person.in(channel).slash("imagine", Map.of("prompt", prompt)));
  }

  private FakeMessage drawn(FakeInteraction asked) {
    FakeMessage message = asked.reply();
    discord.await("the picture", () -> !message.files().isEmpty());
    return message;
  }

  private static String number(FakeMessage picture) {
    return picture.buttons().getFirst().customId().split(":", -1)[1];
  }

  @Test
  void aCommandBecomesAPictureForEverybody() {
    FakeChannel art = guild.channel("art");
    FakePerson ann = member("ann");
    FakeInteraction asked =
        ann.in(art).slash("imagine", Map.of("prompt", "a fox --steps 2", "seed", "7"));
    FakeMessage message = drawn(asked);
    assertThat(message.text()).contains("a fox", "seed 7", "2 steps");
    assertThat(message.onlyFor()).isEmpty();
    assertThat(asked.acknowledgedAfter()).isLessThan(Duration.ofSeconds(3));
    assertThat(art.messages()).containsExactly(message);
  }

  @Test
  void aRefusalIsOnlyForWhoeverAsked() {
    FakeChannel art = guild.channel("art");
    FakePerson ann = member("ann");
    FakeMessage refused = ann.in(art).slash("imagine", Map.of("prompt", "a fox --bogus 3")).reply();
    assertThat(refused.text()).contains("bogus");
    assertThat(refused.onlyFor()).contains(ann);
    assertThat(art.messages()).isEmpty();
  }

  @Test
  void answersComeInTheLanguageOfThePerson() {
    FakePerson ann = member("ann").speaking("de");
    FakeMessage answer = ann.in(guild.channel("art")).slash("queue").reply();
    assertThat(answer.onlyFor()).contains(ann);
    FakePerson bob = member("bob").speaking("ko");
    FakeMessage english = bob.in(guild.channel("art")).slash("queue").reply();
    assertThat(answer.text()).isNotEqualTo(english.text());
  }

  @Test
  void aButtonDrawsForEverybody() {
    FakeChannel art = guild.channel("art");
    FakePerson ann = member("ann");
    FakeMessage first = picture(ann, art, "a heron");
    FakePerson bob = member("bob");
    FakeMessage again = drawn(bob.in(art).press(first, "Vary"));
    assertThat(again.text()).contains("a heron");
    assertThat(art.messages()).containsExactly(first, again);
  }

  @Test
  void aQuietButtonTellsOnlyWhoeverPressedIt() {
    FakeChannel art = guild.channel("art");
    FakePerson ann = member("ann");
    FakeMessage first = picture(ann, art, "a stork");
    FakeMessage marked = ann.in(art).press(first, "Favourite").reply();
    assertThat(marked.onlyFor()).contains(ann);
    FakeMessage refused = member("bob").in(art).press(first, "Delete").reply();
    assertThat(refused.text()).contains("belongs to somebody else");
    assertThat(first.isDeleted()).isFalse();
    ann.in(art).press(first, "Delete").reply();
    first.awaitDeleted();
  }

  @Test
  void aForgedButtonGetsASentence() {
    FakeChannel art = guild.channel("art");
    FakePerson ann = member("ann");
    FakeMessage first = picture(ann, art, "a crane");
    for (String forged : List.of("nonsense", "vary:0:0", "again:999999999:0", "bogus:1:1", "😀")) {
      FakeMessage refused = ann.in(art).pressCustomId(first, forged).reply();
      assertThat(refused.onlyFor()).as(forged).contains(ann);
      assertThat(refused.text()).as(forged).isNotBlank();
    }
    assertThat(art.messages()).containsExactly(first);
  }

  @Test
  void subcommandsAreVerbsOfTwoWords() {
    FakePerson ann = member("ann");
    FakeChannel art = guild.channel("art");
    FakeMessage saved =
        ann.in(art).slash("preset save", Map.of("preset", "moody", "steps", 5)).reply();
    assertThat(saved.text()).contains("moody");
    FakeMessage changes = ann.in(art).slash("changes list", Map.of("mine", true)).reply();
    assertThat(changes.text()).contains("moody");
  }

  @Test
  void whatOneTypesIsCompletedFromWhatOneMaySee() {
    FakePerson ann = member("ann");
    FakeChannel art = guild.channel("art");
    ann.in(art).slash("preset save", Map.of("preset", "dreamy", "steps", 5)).reply();
    FakeMessage fox = picture(ann, art, "a very particular fox");
    assertThat(complete(ann, art, "imagine", "model", "tur")).containsExactly("turbo-xl");
    assertThat(complete(ann, art, "imagine", "lora", "PIX")).containsExactly("Pixel Art");
    assertThat(complete(ann, art, "imagine", "lora", "outline,pix"))
        .containsExactly("outline,Pixel Art");
    assertThat(complete(ann, art, "imagine", "preset", "")).containsExactly("dreamy");
    assertThat(complete(ann, art, "show", "picture", "particular")).containsExactly(number(fox));
    assertThat(complete(ann, art, "show", "picture", number(fox))).containsExactly(number(fox));
    assertThat(complete(member("bob"), art, "show", "picture", "")).isEmpty();
    assertThat(complete(member("bob"), art, "imagine", "preset", "")).isEmpty();
  }

  private static List<String> complete(
      FakePerson person, FakeChannel channel, String command, String option, String typed) {
    return person.in(channel).complete(command, Map.of(), option, typed).choices().stream()
        .map(Choice::value)
        .toList();
  }

  @Test
  void aMessagesMenuKnowsItsPicture() {
    FakeChannel art = guild.channel("art");
    FakePerson ann = member("ann");
    FakeMessage first = picture(ann, art, "a bittern");
    FakeMessage varied = drawn(ann.in(art).messageCommand("Vary", first));
    assertThat(varied.text()).contains("a bittern");
    FakeMessage not = ann.in(art).messageCommand("Vary", ann.in(art).write("hello")).reply();
    assertThat(not.text()).contains("no picture of mine");
    assertThat(not.onlyFor()).contains(ann);
  }

  @Test
  void theFormHasWhatThePictureWasDrawnFrom() {
    FakeChannel art = guild.channel("art");
    FakePerson ann = member("ann");
    FakeMessage first =
        drawn(
            ann.in(art).slash("imagine", Map.of("prompt", "an egret", "no", "blur", "seed", "9")));
    FakeInteraction opened = ann.in(art).messageCommand("Use these settings", first);
    assertThat(opened.modal().value("prompt")).isEqualTo("an egret");
    assertThat(opened.modal().value("no")).isEqualTo("blur");
    assertThat(opened.modal().value("settings")).contains("--seed 9");
    FakeMessage remixed =
        drawn(ann.in(art).submit(opened, Map.of("prompt", "a \"tall\" egret --steps 1")));
    assertThat(remixed.text()).contains("egret", "seed 9");
  }

  @Test
  void aPictureIsReportedFromItsMenu() {
    FakeChannel art = guild.channel("art");
    FakeMessage first = picture(member("ann"), art, "an avocet");
    FakePerson bob = member("bob");
    FakeMessage reported = bob.in(art).messageCommand("Report to moderators", first).reply();
    assertThat(reported.onlyFor()).contains(bob);
    assertThat(reported.text()).contains(number(first));
  }

  @Test
  void theOriginalIsHandedOverQuietly() {
    FakeChannel art = guild.channel("art");
    FakePerson ann = member("ann");
    FakeMessage first = picture(ann, art, "a ruff");
    String original = "original:" + number(first) + ":0";
    FakeMessage handed = ann.in(art).pressCustomId(first, original).reply();
    assertThat(handed.onlyFor()).contains(ann);
    assertThat(handed.files())
        .singleElement()
        .extracting(FakeFile::name)
        .asString()
        .endsWith(".png");
    FakeMessage tooLarge = ann.in(art).allowingFilesOf(10).pressCustomId(first, original).reply();
    assertThat(tooLarge.text()).contains("larger than");
  }

  @Test
  void whatCouldNotBePostedIsNotDrawn() {
    FakeChannel art = guild.channel("art").denyBot(Permission.ATTACH_FILES);
    FakePerson ann = member("ann");
    FakeMessage refused = ann.in(art).slash("imagine", Map.of("prompt", "a fox")).reply();
    assertThat(refused.text()).contains("Attach Files").doesNotContain("Send Messages");
    assertThat(refused.onlyFor()).contains(ann);
    FakeMessage listed = ann.in(art).slash("queue").reply();
    assertThat(listed.text()).isNotBlank();
  }

  @Test
  void aLockedThreadIsNamed() {
    FakeChannel thread = guild.channel("art").thread("old").lock();
    FakeMessage refused =
        member("ann").in(thread).slash("imagine", Map.of("prompt", "a fox")).reply();
    assertThat(refused.text()).contains("locked");
  }

  @Test
  void oneDrawsInDirectMessagesAndWhereOneBringsTheBot() {
    FakePerson ann = discord.person("ann").installsTheBot();
    assertThat(picture(ann, ann.directMessages(), "a plover").text()).contains("a plover");
    FakeGuild elsewhere = discord.foreignGuild("Elsewhere");
    elsewhere.join(ann);
    FakeChannel foreign = elsewhere.channel("talk");
    assertThat(picture(ann, foreign, "a dunlin").text()).contains("a dunlin");
    FakeChannel group = ann.groupWith(discord.person("bob"));
    assertThat(picture(ann, group, "a knot").text()).contains("a knot");
  }

  @Test
  void moderatorsAreWhoMayManageTheServer() {
    FakeChannel art = guild.channel("art");
    FakePerson mod = member("mod", Permission.ADMINISTRATOR);
    FakePerson bob = member("bob");
    bob.in(art).slash("queue").reply();
    FakeMessage banned = mod.in(art).slash("ban", Map.of("person", bob, "for", "7d")).reply();
    assertThat(banned.onlyFor()).contains(mod);
    FakeMessage refused = bob.in(art).slash("imagine", Map.of("prompt", "a fox")).reply();
    assertThat(refused.onlyFor()).contains(bob);
    FakeMessage bans = mod.in(art).slash("bans").reply();
    assertThat(bans.text()).contains("bob");
  }

  @Test
  void aListTurnsItsPageInPlace() {
    FakeChannel art = guild.channel("art");
    FakePerson ann = member("ann");
    for (int i = 0; i < 11; i++) {
      picture(ann, art, "bird number " + i);
    }
    FakeMessage list = ann.in(art).slash("history").reply();
    assertThat(list.text()).contains("bird number 10").doesNotContain("bird number 0");
    String older =
        list.buttons().stream()
            .map(FakeMessage.Button::customId)
            .filter(id -> id.startsWith("history:"))
            .findFirst()
            .orElseThrow();
    FakeInteraction turned = ann.in(art).press(list, older);
    turned.awaitAcknowledged();
    list.awaitText("bird number 0");
    assertThat(art.messagesOnlyFor(ann)).containsExactly(list);
  }

  @Test
  void thePresenceSaysHowManyWait() {
    discord.gateway().awaitActivity("/imagine");
  }
}

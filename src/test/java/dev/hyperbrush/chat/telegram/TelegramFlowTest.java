package dev.hyperbrush.chat.telegram;

import static dev.hyperbrush.chat.telegram.TelegramStage.awaitLeft;
import static dev.hyperbrush.chat.telegram.TelegramStage.awaitMessage;
import static dev.hyperbrush.chat.telegram.TelegramStage.awaitPicture;
import static dev.hyperbrush.chat.telegram.TelegramStage.awaitPictures;
import static dev.hyperbrush.chat.telegram.TelegramStage.awaitText;
import static dev.hyperbrush.chat.telegram.TelegramStage.draw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.faketelegram.InlineAsk;
import dev.hyperbrush.faketelegram.Press;
import dev.hyperbrush.faketelegram.SeenMessage;
import dev.hyperbrush.faketelegram.TelegramChat;
import dev.hyperbrush.faketelegram.TelegramPerson;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.RgbImage;
import dev.hyperbrush.image.JpegEncoder;
import dev.hyperbrush.image.PngEncoder;
import dev.hyperbrush.store.DeliveryDao;
import dev.hyperbrush.store.Picture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From what somebody says on Telegram to the picture there, and what can be done with it. */
final class TelegramFlowTest {
  @TempDir private static Path data;
  private static TelegramStage stage;

  private TelegramPerson ann;
  private TelegramPerson ben;

  @BeforeAll
  static void open() {
    stage = new TelegramStage(data);
  }

  @BeforeEach
  void come() {
    ann = stage.telegram.person("Ann");
    ben = stage.telegram.person("Ben");
  }

  @AfterAll
  static void close() {
    stage.close();
  }

  @Test
  void drawsWhatIsWrittenInPrivate() {
    stage.world().painter.hold();
    ann.say("a red fox --seed 7");
    stage.awaitBegun(ann.chat());
    stage.awaitDealtWith();
    stage.world().painter.go();
    SeenMessage picture = awaitPicture(ann.chat());
    assertThat(picture.text()).contains("a red fox").contains("seed 7");
    assertThat(picture.earlier()).isNotEmpty().allMatch(before -> before.photo().isEmpty());
    assertThat(picture.earlier().getFirst().button("cancel")).isPresent();
    assertThat(picture.button("again")).isPresent();
    assertThat(picture.button("vary")).isPresent();
    assertThat(picture.button("delete")).isPresent();
    assertThat(picture.spoiler()).isFalse();
    awaitLeft(ann.chat(), 1);
  }

  @Test
  void saysWithThePictureWhatOfTheWishWasChanged() {
    assertThat(draw(ann, "an elk --size 100x100").text()).contains("Size 100x100 became 96x96");
    ann.say("two elks --count 2 --size 100x100");
    SeenMessage below =
        awaitMessage(
            ann.chat(),
            message -> message.button("again").isPresent() && message.photo().isEmpty());
    assertThat(below.text()).contains("Size 100x100 became 96x96");
  }

  @Test
  void showsAModelWithItsStyleAndTheLoras() throws IOException {
    byte[] png = PngEncoder.encode(new RgbImage(64, 64, new byte[64 * 64 * 3]), "");
    byte[] style = JpegEncoder.encode(png, 100_000, 512);
    Files.write(data.resolve("turbo-xl.jpg"), style);
    ann.say("/models turbo-xl");
    SeenMessage model = awaitText(ann.chat(), "Model turbo-xl");
    assertThat(model.document().orElseThrow().bytes()).isEqualTo(style);
    assertThat(model.document().orElseThrow().name()).isEqualTo("turbo-xl.jpg");

    ann.say("/loras");
    assertThat(awaitText(ann.chat(), "outline").text()).contains("Pixel Art", "fast:v2");
  }

  @Test
  void drawsInAGroupWhatIsAskedOfIt() {
    TelegramChat group = stage.telegram.group("Painters", ann, ben);
    ben.say(group, "a fox, anybody?");
    int asked = ben.say(group, "/imagine@hyperbrush_bot a fox");
    SeenMessage picture = awaitPicture(group);
    assertThat(picture.repliesTo()).contains(asked);
    awaitLeft(group, 1);
    int again = ben.reply(group, picture.id(), "/again");
    List<SeenMessage> pictures = awaitPictures(group, 2);
    assertThat(pictures.getLast().repliesTo()).contains(again);
    assertThat(pictures.getLast().text()).contains("a fox");
  }

  @Test
  void drawsInTheTopicWhereItIsAsked() {
    TelegramChat forum = stage.telegram.supergroup("Forum", ann, ben);
    int topic = forum.topic("Foxes");
    ben.sayIn(forum, topic, "/imagine a fox");
    assertThat(awaitPicture(forum).thread()).contains(topic);
  }

  @Test
  void sendsSeveralPicturesAsAnAlbum() {
    ann.say("four foxes --count 4");
    SeenMessage below =
        awaitMessage(ann.chat(), m -> m.button("again").isPresent() && m.photo().isEmpty());
    List<SeenMessage> album = awaitPictures(ann.chat(), 4);
    assertThat(album.stream().map(SeenMessage::album).distinct()).hasSize(1);
    assertThat(album.getFirst().album()).isPresent();
    await().until(() -> ann.chat().fromBot().size() == 5);
    Press press = ann.press(ann.chat(), below, "delete");
    await().until(() -> ann.chat().fromBot().isEmpty());
    assertThat(press.answer()).isPresent();
  }

  @Test
  void goesOnWithTheRepliedPictureOfAnAlbum() {
    ann.say("two foxes --count 2 --seed 7");
    List<SeenMessage> album = awaitPictures(ann.chat(), 2);
    PostedPictures posted = new PostedPictures(new DeliveryDao(stage.world().database));
    await().until(() -> posted.picture(ann.id(), album.getLast().id()).isPresent());
    ann.reply(ann.chat(), album.getLast().id(), "/again");
    assertThat(awaitPictures(ann.chat(), 3).getLast().text()).contains("seed 8");
  }

  @Test
  void doesWhatItsButtonsSay() {
    SeenMessage picture = draw(ann, "a fox");
    Press favourite = ann.press(ann.chat(), picture, "favourite");
    await().until(() -> favourite.answer().isPresent());
    await()
        .until(() ->
            ann.chat().message(picture.id()).buttons().stream()
                .anyMatch(button -> button.text().equals("No favourite")));
    Press again = ann.press(ann.chat(), picture, "again");
    awaitPictures(ann.chat(), 2);
    Press vary = ann.press(ann.chat(), picture, "vary");
    awaitPictures(ann.chat(), 3);
    assertThat(again.answer()).isPresent();
    assertThat(vary.answer()).isPresent();
    Press delete = ann.press(ann.chat(), picture, "delete");
    await().until(() -> delete.answer().isPresent());
    await().until(() -> ann.chat().fromBot().stream().noneMatch(m -> m.id() == picture.id()));
  }

  @Test
  void answersEveryButtonOfAPicture() {
    SeenMessage picture = draw(ann, "a fox");
    List<String> actions =
        picture.buttons().stream()
            .flatMap(button -> button.data().stream())
            .filter(data -> !data.startsWith("delete"))
            .toList();
    assertThat(actions).hasSizeGreaterThan(2);
    List<Press> presses =
        actions.stream().map(data -> ann.press(ann.chat(), picture, data)).toList();
    await().until(() -> presses.stream().allMatch(press -> press.answer().isPresent()));
    assertThat(presses).noneMatch(press -> press.answer().orElseThrow().alert());
    awaitPictures(ann.chat(), 3);
  }

  @Test
  void handsOutTheOriginalWithAllThatItHolds() throws IOException {
    SeenMessage picture = draw(ann, "a tern --steps 3");
    Press original = ann.press(ann.chat(), picture, "original");
    SeenMessage answer = awaitMessage(ann.chat(), message -> message.document().isPresent());
    assertThat(original.answer()).isPresent();
    byte[] bytes = answer.document().orElseThrow().bytes();
    String job = picture.button("again").orElseThrow().data().orElseThrow().split(":", -1)[1];
    Picture stored = stage.world().queue.pictures(Long.parseLong(job)).getFirst();
    assertThat(bytes).isEqualTo(Files.readAllBytes(stage.world().files.file(stored)));
    assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
        .contains("tEXtparameters", "a tern", "Steps: 3");
    assertThat(picture.photo().orElseThrow().bytes()).isNotEqualTo(bytes);
  }

  @Test
  void letsOthersDoOnlyWhatTheyMay() {
    TelegramChat group = stage.telegram.group("Painters", ann, ben);
    ann.say(group, "/imagine a fox");
    SeenMessage picture = awaitPicture(group);
    Press delete = ben.press(group, picture, "delete");
    await().until(() -> delete.answer().isPresent());
    assertThat(delete.answer().orElseThrow().alert()).isTrue();
    assertThat(group.message(picture.id()).photo()).isPresent();
    Press forged = ben.pressData(group, picture.id(), "delete:999999999:0");
    Press nonsense = ben.pressData(group, picture.id(), "x".repeat(64));
    await().until(() -> forged.answer().isPresent() && nonsense.answer().isPresent());
    assertThat(nonsense.answer().orElseThrow().alert()).isTrue();
  }

  @Test
  void opensWhatALinkLeadsTo() {
    SeenMessage picture = draw(ann, "a fox");
    String data = picture.button("again").orElseThrow().data().orElseThrow();
    String job = data.split(":", -1)[1];
    ann.open("show_" + job);
    awaitPictures(ann.chat(), 2);
    ben.open("show_" + job);
    awaitMessage(ben.chat(), message -> !message.text().isEmpty());
    assertThat(TelegramStage.pictures(ben.chat())).isEmpty();
    ben.say("/start");
    awaitText(ben.chat(), "/imagine");
  }

  @Test
  void opensThePresetThatALinkLeadsTo() {
    ann.say("/preset_save moody --steps 6 {prompt}, at dusk");
    awaitText(ann.chat(), "moody");
    awaitLeft(ann.chat(), 1);
    ann.open("preset_moody");
    awaitLeft(ann.chat(), 2);
    assertThat(ann.chat().last().text()).contains("moody", "steps 6", "{prompt}, at dusk");
    ben.open("preset_moody");
    assertThat(awaitText(ben.chat(), "moody").text()).doesNotContain("dusk");
  }

  @Test
  void sharesPicturesOfOnesOwnInAnyChat() {
    draw(ann, "a very rare quokka");
    ann.say("a quokka to be covered --spoiler");
    awaitPictures(ann.chat(), 2);
    TelegramChat group = stage.telegram.group("Painters", ben, ann);
    InlineAsk ask = ann.type("quokka");
    await().until(() -> ask.answer().isPresent());
    assertThat(ask.answer().orElseThrow().results()).hasSize(1);
    assertThat(ask.answer().orElseThrow().personal()).isTrue();
    SeenMessage shared = ann.choose(ask, group, 0);
    assertThat(shared.photo()).isPresent();
    InlineAsk others = ben.type("quokka");
    await().until(() -> others.answer().isPresent());
    assertThat(others.answer().orElseThrow().results()).isEmpty();
  }

  @Test
  void speaksTheLanguageOfTheClient() {
    TelegramPerson eva = stage.telegram.person("Eva", Optional.of("de"));
    eva.say("/imagine");
    SeenMessage refusal = awaitMessage(eva.chat(), message -> !message.text().isEmpty());
    assertThat(refusal.text())
        .isEqualTo(Texts.say(Locale.GERMAN, Phrase.of(ReasonCode.PROMPT_EMPTY)))
        .isNotEqualTo(ReasonCode.PROMPT_EMPTY.english());
    SeenMessage picture = draw(eva, "ein Fuchs");
    assertThat(picture.button("again").orElseThrow().text()).isEqualTo("Noch einmal");
  }

  @Test
  void saysAloneWhatIsForOneAlone() {
    TelegramChat group = stage.telegram.group("Painters", ann, ben);
    ben.say(group, "/export");
    SeenMessage invitation = awaitMessage(group, message -> !message.buttons().isEmpty());
    assertThat(invitation.buttons().getFirst().url().orElseThrow()).contains("t.me/");
    ann.say("hello");
    awaitPicture(ann.chat());
    ann.say(group, "/history");
    awaitMessage(ann.chat(), message -> message.photo().isEmpty());
    awaitLeft(group, 1);
  }
}

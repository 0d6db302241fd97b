package dev.hyperbrush.chat.telegram;

import static dev.hyperbrush.chat.telegram.TelegramStage.awaitLeft;
import static dev.hyperbrush.chat.telegram.TelegramStage.awaitMessage;
import static dev.hyperbrush.chat.telegram.TelegramStage.awaitPicture;
import static dev.hyperbrush.chat.telegram.TelegramStage.awaitPictures;
import static dev.hyperbrush.chat.telegram.TelegramStage.draw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hyperbrush.faketelegram.Faults;
import dev.hyperbrush.faketelegram.Press;
import dev.hyperbrush.faketelegram.SeenMessage;
import dev.hyperbrush.faketelegram.TelegramPerson;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bot is stopped and started again, and nobody on Telegram loses or doubles anything. */
final class TelegramRestartTest {
  @TempDir private Path data;
  private TelegramStage stage;
  private TelegramPerson ann;
  private TelegramPerson ben;

  @BeforeEach
  void open() {
    stage = new TelegramStage(data);
    ann = stage.telegram.person("Ann");
    ben = stage.telegram.person("Ben");
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void drawsOnceWhatWasAskedWhileItWasDown() {
    SeenMessage old = draw(ann, "a fox");
    stage.stop();
    ann.say("a hen");
    Press pressed = ann.press(ann.chat(), old, "vary");
    stage.start();
    awaitPictures(ann.chat(), 3);
    await().until(() -> pressed.answer().isPresent());
    draw(ben, "an owl");
    awaitLeft(ann.chat(), 3);
  }

  @Test
  void drawsOnceWhatTelegramHandsInTwice() {
    draw(ann, "a fox");
    stage.stop();
    stage.telegram.forgetConfirmations();
    stage.start();
    draw(ben, "an owl");
    awaitLeft(ann.chat(), 1);
  }

  @Test
  void keepsOldButtonsWorking() {
    SeenMessage picture = draw(ann, "a fox --seed 7");
    stage.restart();
    Press again = ann.press(ann.chat(), picture, "again");
    SeenMessage drawn = awaitPictures(ann.chat(), 2).getLast();
    assertThat(again.answer()).isPresent();
    assertThat(drawn.text()).contains("a fox");
  }

  @Test
  void postsWhatWasDrawnButNotYetPosted() {
    stage.telegram.faults().always("editMessageMedia", Faults.page(502));
    stage.world().painter.hold();
    ann.say("a fox");
    stage.awaitBegun(ann.chat());
    stage.awaitDealtWith();
    stage.world().painter.go();
    await()
        .until(() -> stage.log().stream().anyMatch(line -> line.contains("will be tried again")));
    stage.stop();
    stage.telegram.faults().clear();
    stage.start();
    awaitPicture(ann.chat());
    draw(ben, "an owl");
    awaitLeft(ann.chat(), 1);
  }

  @Test
  void drawsAnewWhatItWasDrawing() {
    stage.world().painter.hold();
    ann.say("a fox");
    stage.awaitBegun(ann.chat());
    ben.say("an owl");
    awaitMessage(ben.chat(), message -> message.button("cancel").isPresent());
    stage.restart();
    awaitPicture(ann.chat());
    awaitPicture(ben.chat());
    awaitLeft(ann.chat(), 1);
    awaitLeft(ben.chat(), 1);
  }

  @Test
  void saysInOneSentenceThatItsTokenIsWrong() {
    stage.stop();
    stage.telegram.faults().revokeToken();
    stage.start();
    await().until(() -> stage.log().stream().anyMatch(line -> line.contains("token")));
    assertThat(stage.log()).noneMatch(line -> line.contains("Exception"));
    stage.telegram.faults().clear();
  }
}

package dev.hyperbrush.chat.telegram;

import static dev.hyperbrush.chat.telegram.TelegramStage.awaitLeft;
import static dev.hyperbrush.chat.telegram.TelegramStage.awaitPicture;
import static dev.hyperbrush.chat.telegram.TelegramStage.awaitPictures;
import static dev.hyperbrush.chat.telegram.TelegramStage.draw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hyperbrush.faketelegram.Faults;
import dev.hyperbrush.faketelegram.SeenMessage;
import dev.hyperbrush.faketelegram.TelegramChat;
import dev.hyperbrush.faketelegram.TelegramPerson;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Telegram, the way there and the people have a bad day, and every picture arrives once. */
final class TelegramTroubleTest {
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

  @AfterEach
  void mend() {
    stage.world().painter.go();
    stage.telegram.faults().clear();
  }

  @Test
  void waitsOutAStormOf429() {
    List<TelegramPerson> people =
        IntStream.range(0, 6).mapToObj(i -> stage.telegram.person("P" + i)).toList();
    stage.telegram.faults().next(4, "sendMessage", Faults.tooMany(1));
    stage.telegram.faults().next(4, "editMessageMedia", Faults.tooMany(1));
    people.forEach(person -> person.say("a fox"));
    people.forEach(person -> awaitPicture(person.chat()));
    people.forEach(person -> awaitLeft(person.chat(), 1));
    assertThat(stage.telegram.faults().left()).isZero();
  }

  @Test
  void getsThroughWhenTheServerIsBrokenForAWhile() {
    stage.telegram.faults().next(2, "sendMessage", Faults.page(500));
    stage.telegram.faults().next(2, "editMessageMedia", Faults.page(502));
    stage.telegram.faults().next(1, "getUpdates", Faults.page(500));
    draw(ann, "a fox");
    assertThat(TelegramStage.pictures(ann.chat())).hasSize(1);
  }

  @Test
  void sendsAPictureAgainWhoseConnectionBroke() {
    stage.telegram.faults().next(1, "editMessageMedia", Faults.dropInRequest());
    draw(ann, "a fox");
    stage.telegram.faults().next(1, "editMessageMedia", Faults.dropAnswer());
    ben.say("an owl");
    awaitPicture(ben.chat());
    draw(stage.telegram.person("Cat"), "a hen");
    assertThat(stage.telegram.faults().left()).isZero();
    awaitLeft(ann.chat(), 1);
    awaitLeft(ben.chat(), 1);
  }

  @Test
  void survivesThatTelegramIsAway() {
    draw(ann, "a fox");
    stage.world().painter.hold();
    ben.say("an owl");
    stage.awaitBegun(ben.chat());
    stage.telegram.away();
    stage.world().painter.go();
    ann.say("a hen");
    await().until(() -> stage.world().queue.waiting() == 0);
    stage.telegram.back();
    awaitPicture(ben.chat());
    awaitPictures(ann.chat(), 2);
    awaitLeft(ben.chat(), 1);
    awaitLeft(ann.chat(), 2);
  }

  @Test
  void findsAnotherWayWhereItMayNotSendPictures() {
    TelegramChat group = stage.telegram.group("Painters", ben, ann);
    draw(ann, "a fox");
    group.forbid("photos");
    ann.say(group, "/imagine an owl");
    awaitPictures(ann.chat(), 2);
    assertThat(TelegramStage.pictures(group)).isEmpty();
  }

  @Test
  void keepsThePictureOfWhoeverBlockedIt() {
    stage.world().painter.hold();
    ann.say("a fox");
    SeenMessage drawn = stage.awaitBegun(ann.chat());
    String job = drawn.button("cancel").orElseThrow().data().orElseThrow().split(":", -1)[1];
    ann.block();
    stage.world().painter.go();
    draw(ben, "an owl");
    ann.unblock();
    ann.say("/show " + job);
    awaitPicture(ann.chat());
  }

  @Test
  void followsAGroupThatBecomesASupergroup() {
    TelegramChat group = stage.telegram.group("Painters", ben, ann);
    stage.world().painter.hold();
    ann.say(group, "/imagine an owl");
    stage.awaitBegun(group);
    TelegramChat upgraded = group.upgrade();
    stage.world().painter.go();
    awaitPicture(upgraded);
    ann.say(upgraded, "/imagine a hen");
    awaitPictures(upgraded, 2);
    awaitLeft(upgraded, 2);
  }
}

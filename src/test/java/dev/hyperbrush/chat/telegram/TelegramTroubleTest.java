package dev.hyperbrush.chat.telegram;

import static dev.hyperbrush.chat.telegram.TelegramStage.awaitLeft;
import static dev.hyperbrush.chat.telegram.TelegramStage.awaitMessage;
import static dev.hyperbrush.chat.telegram.TelegramStage.awaitPicture;
import static dev.hyperbrush.chat.telegram.TelegramStage.awaitPictures;
import static dev.hyperbrush.chat.telegram.TelegramStage.awaitText;
import static dev.hyperbrush.chat.telegram.TelegramStage.draw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hyperbrush.faketelegram.Faults;
import dev.hyperbrush.faketelegram.SeenMessage;
import dev.hyperbrush.faketelegram.TelegramChat;
import dev.hyperbrush.faketelegram.TelegramPerson;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
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
    stage = TelegramStage.paced(data);
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
    stage.world().painter.hold();
    people.forEach(person -> person.say("a fox"));
    people.forEach(person -> awaitMessage(person.chat(), m -> m.button("cancel").isPresent()));
    await().until(() -> stage.telegram.faults().left() == 4);
    stage.world().painter.go();
    people.forEach(person -> awaitPicture(person.chat()));
    people.forEach(person -> awaitLeft(person.chat(), 1));
    assertThat(stage.telegram.faults().left()).isZero();
  }

  @Test
  void getsThroughWhenTheServerIsBrokenForAWhile() {
    stage.telegram.faults().next(1, "sendMessage", Faults.page(500));
    stage.telegram.faults().next(1, "editMessageMedia", Faults.page(502));
    stage.telegram.faults().next(1, "getUpdates", Faults.page(500));
    drawWhereItWaits(ann, "a fox");
    awaitPicture(ann.chat());
    awaitLeft(ann.chat(), 1);
    assertThat(stage.telegram.faults().left()).isZero();
  }

  @Test
  void sendsAPictureAgainWhoseConnectionBroke() {
    stage.telegram.faults().next(1, "editMessageMedia", Faults.dropInRequest());
    drawWhereItWaits(ann, "a fox");
    awaitPicture(ann.chat());
    stage.telegram.faults().next(1, "editMessageMedia", Faults.dropAnswer());
    drawWhereItWaits(ben, "an owl");
    awaitCalls("editmessagemedia", ben.chat(), 2);
    assertThat(stage.telegram.faults().left()).isZero();
    awaitLeft(ann.chat(), 1);
    awaitLeft(ben.chat(), 1);
    assertThat(ben.chat().last().earlier()).last().matches(before -> before.photo().isPresent());
  }

  /** Begins to draw only when the message is known that will be the picture. */
  private void drawWhereItWaits(TelegramPerson person, String prompt) {
    stage.world().painter.hold();
    person.say(prompt);
    stage.awaitBegun(person.chat());
    stage.awaitDealtWith();
    stage.world().painter.go();
  }

  /** The second time Telegram says that there is nothing to change, which is as good. */
  @Test
  void endsAMessageOnceWhoseAnswerIsLost() {
    TelegramChat group = stage.telegram.group("Painters", ben, ann);
    stage.world().painter.hold();
    ann.say("a hen");
    ann.say(group, "/imagine a fox");
    SeenMessage begun = awaitMessage(group, shown -> shown.button("cancel").isPresent());
    stage.telegram.faults().next(1, "editMessageText", Faults.dropAnswer());
    ben.press(group, begun, "cancel");
    awaitText(group, "cancelled");
    awaitCalls("editmessagetext", group, 2);
    stage.world().painter.go();
    draw(ben, "an owl");
    assertThat(stage.telegram.refusals())
        .anyMatch(refused -> refused.description().contains("message is not modified"));
    assertThat(group.fromBot()).singleElement().matches(shown -> shown.id() == begun.id());
    awaitPicture(ann.chat());
    awaitLeft(ann.chat(), 1);
  }

  private static void awaitCalls(String method, TelegramChat chat, int count) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() ->
            stage.telegram.calls(method).stream()
                    .filter(call -> ("" + chat.id()).equals(call.parameters().get("chat_id")))
                    .count()
                >= count);
  }

  @Test
  void answersInAGroupWhereItMayOnlySendPictures() {
    TelegramChat group = stage.telegram.group("Painters", ben, ann);
    group.forbid("messages");
    int asked = ann.say(group, "/imagine an owl");
    assertThat(awaitPicture(group).repliesTo()).contains(asked);
    awaitLeft(group, 1);
    group.forbid("photos");
    draw(ann, "a fox");
    ann.say(group, "/imagine a hen");
    assertThat(awaitPictures(ann.chat(), 2).getLast().text()).contains("a hen");
    awaitLeft(group, 1);
  }

  @Test
  void saysOnceThatAnotherProgramTakesItsUpdates() throws Exception {
    draw(ann, "a fox");
    try (HttpClient other = HttpClient.newHttpClient()) {
      URI poll =
          URI.create(
              stage.telegram.api() + "/bot" + stage.telegram.token() + "/getUpdates?timeout=30");
      HttpRequest request = HttpRequest.newBuilder(poll).build();
      for (int i = 0; i < 2; i++) { // ends when the bot asks again
        assertThat(other.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(409);
      }
    }
    draw(ben, "an owl");
    assertThat(lines("Another program asks Telegram")).isEqualTo(1);
    assertThat(stage.telegram.refusals().stream().filter(refused -> refused.code() == 409).count())
        .isGreaterThanOrEqualTo(3);
  }

  private static long lines(String part) {
    return stage.log().stream().filter(line -> line.contains(part)).count();
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

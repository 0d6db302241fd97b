package dev.hyperbrush.chat.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hyperbrush.chat.Attachment;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.delivery.Progress;
import dev.hyperbrush.faketelegram.FakeTelegram;
import dev.hyperbrush.faketelegram.Faults;
import dev.hyperbrush.faketelegram.SeenMessage;
import dev.hyperbrush.faketelegram.TelegramPerson;
import dev.hyperbrush.queue.Place;
import dev.hyperbrush.store.Destination;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobState;
import dev.hyperbrush.store.Route;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.telegram.telegrambots.meta.api.methods.send.SendChatAction;
import org.telegram.telegrambots.meta.api.methods.updatingmessages.DeleteMessage;

/** Answers and progress reach the Telegram on loopback. */
final class TelegramAnswersTest {
  @TempDir private Path data;
  private OutWorld out;
  private FakeTelegram telegram;
  private TelegramPerson ann;

  @BeforeEach
  void open() {
    out = new OutWorld(data, InstantSource.system());
    telegram = out.telegram;
    ann = out.ann;
  }

  @AfterEach
  void close() {
    out.close();
  }

  private void answer(Reply reply, boolean withPictures) throws Exception {
    for (var message : TelegramMessages.of(Locale.ENGLISH, reply, withPictures)) {
      int number = out.answers.send(OutWorld.chat(ann.chat()), Locale.ENGLISH, message);
      assertThat(number).isEqualTo(ann.chat().last().id());
    }
  }

  @Test
  void aShownPictureComesWithAllThatIsToSay() throws Exception {
    Job job = out.drawn("a <i>fox</i>");

    answer(out.say("show", String.valueOf(job.id())), true);

    SeenMessage seen = ann.chat().last();
    assertThat(ann.chat().fromBot()).hasSize(1);
    assertThat(seen.photo()).isPresent();
    assertThat(seen.text()).contains("a <i>fox</i>").contains("/imagine");
    assertThat(seen.button("again:")).isPresent();
  }

  @Test
  void whatDoesNotFitBelowAPictureFollowsIt() throws Exception {
    Job job = out.drawn("a fox, ".repeat(150) + " --count 2");

    answer(out.say("show", String.valueOf(job.id())), true);

    List<SeenMessage> seen = ann.chat().fromBot();
    assertThat(seen).hasSize(3);
    assertThat(seen.getFirst().text()).contains("…\n#" + job.id());
    assertThat(seen.getLast().text()).contains("/imagine");
    assertThat(seen.getLast().buttons()).isNotEmpty();
  }

  @Test
  void aFileIsHandedOverAsItIs() throws Exception {
    byte[] bytes = "PNG with all that it says".getBytes(StandardCharsets.UTF_8);
    Attachment file =
        new Attachment("fox.png", "image/png", 1, () -> new ByteArrayInputStream(bytes));

    answer(Reply.text("Here it is.").withAttachment(file), false);

    SeenMessage seen = ann.chat().last();
    assertThat(seen.text()).isEqualTo("Here it is.");
    assertThat(seen.document().orElseThrow().bytes()).isEqualTo(bytes);
    assertThat(seen.document().orElseThrow().name()).isEqualTo("fox.png");
  }

  @Test
  void aFileThatIsTooLargeIsNotSentAndThatIsSaid() throws Exception {
    Attachment file = new Attachment("all.zip", "application/zip", 1, () -> endless());

    answer(Reply.text("Here it is.").withAttachment(file), false);

    assertThat(ann.chat().last().document()).isEmpty();
    assertThat(ann.chat().last().text()).contains("all.zip").contains("50 MB");
    assertThat(telegram.calls("sendDocument")).isEmpty();
  }

  private static InputStream endless() {
    return new InputStream() {
      @Override
      public int read() {
        return 1;
      }

      @Override
      public int read(byte[] buffer, int from, int count) {
        return count;
      }
    };
  }

  @Test
  void whatIsTooMuchOfOneKindHoldsUpNoOther() throws Exception {
    telegram.faults().next(1, "sendChatAction", Faults.tooMany(600));
    String chat = String.valueOf(ann.id());
    for (int time = 0; time < 2; time++) {
      assertThatThrownBy(() -> out.sender.aside(new SendChatAction(chat, "typing")))
          .isInstanceOf(TelegramFailure.class);
    }
    answer(Reply.text("first"), false);
    out.sender.aside(new DeleteMessage(chat, ann.chat().last().id()));
    assertThat(ann.chat().fromBot()).isEmpty();
    assertThat(telegram.calls("sendChatAction")).hasSize(1);
  }

  @Test
  void anAnswerThatMayNotBeThereIsSentAgainAndOneThatMayBeThereIsNot() throws Exception {
    telegram.faults().next(1, "sendMessage", Faults.refusal(500, "Internal Server Error"));
    telegram.faults().next(1, "sendMessage", Faults.page(502));
    telegram.faults().next(1, "sendMessage", Faults.tooMany(1));
    answer(Reply.text("first"), false);
    telegram.faults().next(1, "sendMessage", Faults.dropAnswer());
    assertThatThrownBy(() -> answer(Reply.text("second"), false))
        .isInstanceOf(TelegramFailure.class)
        .hasMessageNotContaining(telegram.token());

    assertThat(ann.chat().fromBot().stream().map(SeenMessage::text))
        .containsExactly("first", "second");
  }

  @Test
  void whatIsNotSentWhenTheBotStopsFailsAtOnce() {
    out.sender.close();

    await()
        .untilAsserted(() ->
            assertThatThrownBy(() -> out.waiting(ann.chat())).isInstanceOf(TelegramFailure.class));
  }

  @Test
  void progressIsShownInTheMessageThatWaitsAndKeepsItsButtons() throws Exception {
    TelegramBoard board = new TelegramBoard(out.sender, out.world.commands);
    out.world.painter.hold();
    Job job = out.asked("a fox");
    TelegramAddress.Message waiting = out.waiting(ann.chat());
    Place third = new Place(3, Optional.of(Duration.ofMinutes(2)));

    board.show(new Progress(job, route(waiting.encode()), third, 0, 4));
    assertThat(ann.chat().last().text()).contains("number 3").contains("2 minutes");
    assertThat(telegram.calls("sendChatAction")).isEmpty();
    board.show(new Progress(job, route(waiting.encode()), Place.NONE, 2, 4));
    board.show(new Progress(job, route(waiting.encode()), Place.NONE, 2, 4));

    assertThat(ann.chat().last().text()).isEqualTo("#" + job.id() + " · Drawing: 50%");
    assertThat(ann.chat().last().button("cancel:" + job.id())).isPresent();
    assertThat(telegram.calls("sendChatAction")).hasSize(1);
  }

  @Test
  void noProgressIsShownOverTheEndOfAJob() throws Exception {
    TelegramBoard board = new TelegramBoard(out.sender, out.world.commands);
    TelegramAddress.Message waiting = out.waiting(ann.chat());
    Job job = out.drawn("a fox");
    new OutgoingPoster(out.sender::result, out.pictures)
        .change(waiting, new TelegramMessages.Words("it failed", Optional.empty()));

    board.show(new Progress(job, route(waiting.encode()), Place.NONE, 2, 4));
    TelegramAddress.Message gone =
        new TelegramAddress.Message(ann.id(), OptionalInt.empty(), 9_999);
    board.show(new Progress(job, route(gone.encode()), Place.NONE, 2, 4));
    board.show(new Progress(job, route("nothing"), Place.NONE, 2, 4));

    assertThat(ann.chat().last().text()).isEqualTo("it failed");
    assertThat(job.state()).isEqualTo(JobState.DONE);
  }

  private static Route route(String address) {
    return new Route("en", List.of(new Destination("chat", address)));
  }
}

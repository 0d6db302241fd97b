package dev.hyperbrush.chat.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperbrush.TestClock;
import dev.hyperbrush.delivery.Outcome;
import dev.hyperbrush.delivery.Post;
import dev.hyperbrush.delivery.Withdrawal;
import dev.hyperbrush.faketelegram.FakeTelegram;
import dev.hyperbrush.faketelegram.Faults;
import dev.hyperbrush.faketelegram.SeenMessage;
import dev.hyperbrush.faketelegram.TelegramChat;
import dev.hyperbrush.faketelegram.TelegramPerson;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobState;
import dev.hyperbrush.store.Picture;
import dev.hyperbrush.store.PictureRef;
import dev.hyperbrush.store.TelegramFileDao;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The courier posts to the Telegram on loopback, which checks what it is sent. */
final class TelegramCourierTest {
  private static final String FOX = "a <b>fox</b> & @everyone \u202Egnp.exe";

  @TempDir private Path data;
  private final TestClock clock = new TestClock();
  private OutWorld out;
  private FakeTelegram telegram;
  private TelegramPerson ann;
  private TelegramCourier courier;
  private TelegramFileDao files;

  @BeforeEach
  void open() {
    out = new OutWorld(data, clock);
    telegram = out.telegram;
    ann = out.ann;
    courier = new TelegramCourier(out.sender, out.pictures, out.world.parts);
    files = new TelegramFileDao(out.world.database);
  }

  @AfterEach
  void close() {
    out.close();
  }

  private Outcome post(Job job, TelegramAddress to) throws InterruptedException {
    return post(job, out.world.queue.pictures(job.id()), to, false);
  }

  private Outcome post(Job job, List<Picture> pictures, TelegramAddress to, boolean known)
      throws InterruptedException {
    return courier.post(
        new Post(job, pictures, to.encode(), Locale.ENGLISH, known, "nonce-" + job.id()));
  }

  private static String posted(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Posted.class);
    return ((Outcome.Posted) outcome).message().orElseThrow();
  }

  private Outcome withdraw(Job job, TelegramAddress to, Optional<String> message)
      throws InterruptedException {
    return courier.withdraw(new Withdrawal(job.id(), to.encode(), message, "nonce-" + job.id()));
  }

  @Test
  void theMessageThatWaitedBecomesThePicture() throws Exception {
    Job job = out.drawn(FOX + " --seed 5");
    TelegramAddress.Message waiting = out.waiting(ann.chat());

    Outcome outcome = post(job, waiting);

    SeenMessage seen = ann.chat().last();
    assertThat(ann.chat().fromBot()).hasSize(1);
    assertThat(posted(outcome)).contains(String.valueOf(seen.id()));
    assertThat(seen.id()).isEqualTo(waiting.messageId());
    assertThat(seen.photo()).isPresent();
    assertThat(seen.spoiler()).isFalse();
    assertThat(seen.text())
        .startsWith("a <b>fox</b> & @\u2060everyone gnp.exe\n#" + job.id() + " · seed 5 ·");
    assertThat(seen.marks()).isEmpty();
    assertThat(seen.button("again:" + job.id())).isPresent();
    assertThat(seen.buttons().getLast().json().path("copy_text").path("text").asText())
        .isEqualTo("5");
  }

  @Test
  void aPictureThatTelegramHasIsNotSentAgain() throws Exception {
    Job job = out.drawn("a fox --spoiler");
    post(job, out.waiting(ann.chat()));
    post(job, OutWorld.chat(ann.chat()));

    assertThat(files.find(new PictureRef(job.id(), 0), TelegramFileDao.Form.PHOTO)).isPresent();
    assertThat(telegram.calls("sendPhoto").getLast().parameters().get("photo"))
        .startsWith("AgACAgIAAxk");
    assertThat(ann.chat().fromBot()).hasSize(2).allMatch(SeenMessage::spoiler);
  }

  @Test
  void aPictureThatTelegramHasForgottenIsSentAgain() throws Exception {
    Job job = out.drawn("a fox");
    PictureRef picture = new PictureRef(job.id(), 0);
    files.put(List.of(picture), TelegramFileDao.Form.PHOTO, List.of("AgACgone"));
    telegram
        .faults()
        .next(1, "sendPhoto", Faults.refusal(400, "Bad Request: wrong file identifier/HTTP URL"));

    post(job, OutWorld.chat(ann.chat()));

    assertThat(ann.chat().last().photo()).isPresent();
    assertThat(files.find(picture, TelegramFileDao.Form.PHOTO))
        .isPresent()
        .get()
        .isNotEqualTo("AgACgone");
  }

  @Test
  void severalPicturesAreAnAlbumAndTheButtonsFollow() throws Exception {
    Job job = out.drawn("a fox --count 3");
    TelegramAddress.Message waiting = out.waiting(ann.chat());

    String message = posted(post(job, waiting));

    List<SeenMessage> seen = ann.chat().fromBot();
    assertThat(seen).hasSize(4).noneMatch(one -> one.id() == waiting.messageId());
    assertThat(seen.subList(0, 3)).allMatch(one -> one.album().isPresent());
    assertThat(seen.getFirst().text()).isEqualTo("a fox");
    assertThat(seen.getLast().text()).startsWith("#" + job.id());
    assertThat(seen.getLast().button("again:")).isPresent();

    assertThat(withdraw(job, waiting, Optional.of(message))).isEqualTo(Outcome.done());
    assertThat(ann.chat().fromBot()).isEmpty();
  }

  @Test
  void anAlbumIsThereOnceWhateverFailsBehindIt() throws Exception {
    Job job = out.drawn("a fox --count 2");
    TelegramAddress.Message waiting = out.waiting(ann.chat());
    telegram.faults().next(1, "sendMessage", Faults.page(502));
    assertThat(post(job, waiting)).isInstanceOf(Outcome.TryAgain.class);
    telegram.faults().next(1, "deleteMessage", Faults.page(502));
    assertThat(post(job, waiting)).isInstanceOf(Outcome.TryAgain.class);

    posted(post(job, waiting));

    assertThat(ann.chat().fromBot()).hasSize(3);
    assertThat(ann.chat().fromBot().getLast().buttons()).isNotEmpty();
  }

  @Test
  void anEditWhoseAnswerWasLostIsMadeAgainWithoutHarm() throws Exception {
    Job job = out.drawn("a fox");
    TelegramAddress.Message waiting = out.waiting(ann.chat());
    telegram.faults().next(1, "editMessageMedia", Faults.dropAnswer());
    telegram.faults().next(1, "editMessageMedia", Faults.dropInRequest());
    assertThat(post(job, waiting)).isInstanceOf(Outcome.TryAgain.class);
    assertThat(post(job, waiting)).isInstanceOf(Outcome.TryAgain.class);

    posted(post(job, waiting));

    assertThat(ann.chat().fromBot()).hasSize(1);
  }

  @Test
  void whatIsTooLargeForAPhotoIsAFile() throws Exception {
    Job job = out.drawn("a fox");
    Picture drawn = out.world.queue.pictures(job.id()).getFirst();
    Picture narrow =
        new Picture(job.id(), 0, drawn.seed(), drawn.sha256(), 2100, 100, drawn.bytes());

    post(job, List.of(narrow), out.waiting(ann.chat()), false);

    SeenMessage seen = ann.chat().last();
    assertThat(seen.photo()).isEmpty();
    assertThat(seen.document().orElseThrow().bytes())
        .isEqualTo(Files.readAllBytes(out.world.files.file(drawn)));
  }

  @Test
  void whatIsToBeCoveredIsNoFile() throws Exception {
    Job job = out.drawn("a fox --spoiler");
    telegram.faults().always("sendPhoto", Faults.page(413));

    assertThatThrownBy(() -> post(job, OutWorld.chat(ann.chat())))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("/original " + job.id());

    telegram.faults().clear();
    assertThat(ann.chat().fromBot()).isEmpty();
  }

  @Test
  void whatIsRefusedAsTooLargeIsMadeSmaller() throws Exception {
    Job job = out.drawn("a fox");
    telegram.faults().next(1, "sendPhoto", Faults.refusal(413, "Request Entity Too Large"));

    posted(post(job, OutWorld.chat(ann.chat())));

    assertThat(ann.chat().last().photo().orElseThrow().name()).endsWith(".jpg");
    telegram.faults().next(3, "sendPhoto", Faults.page(413));
    files.forget(List.of(new PictureRef(job.id(), 0)), TelegramFileDao.Form.PHOTO);
    posted(post(job, OutWorld.chat(ann.chat())));
    assertThat(ann.chat().last().document()).isPresent();
    telegram.faults().clear();
  }

  @Test
  void aFailureIsSaidWhereItWasWaitedFor() throws Exception {
    Job job = out.drawn("a fox");
    Job cancelled = as(job, JobState.CANCELLED);
    TelegramAddress.Message waiting = out.waiting(ann.chat());

    post(cancelled, List.of(), waiting, true);
    post(cancelled, List.of(), waiting, true);
    assertThat(post(cancelled, List.of(), OutWorld.chat(ann.chat()), true))
        .isEqualTo(Outcome.done());

    assertThat(ann.chat().fromBot()).hasSize(1);
    assertThat(ann.chat().last().text()).contains("cancelled");
  }

  private static Job as(Job job, JobState state) {
    return new Job(
        job.id(),
        job.personId(),
        job.origin(),
        job.request(),
        state,
        job.createdAt(),
        job.startedAt(),
        job.finishedAt(),
        job.attempts(),
        job.failure(),
        job.notices(),
        job.parent(),
        job.spoiler());
  }

  @Test
  void whereTheBotMayNotWriteTheNextPlaceIsTried() throws Exception {
    Job job = out.drawn("a fox");
    TelegramChat group = telegram.group("Painters", ann);
    TelegramAddress.Message gone =
        new TelegramAddress.Message(ann.id(), OptionalInt.empty(), 99_999);
    assertThat(post(job, gone)).isInstanceOf(Outcome.NextRung.class);
    assertThat(post(job, new TelegramAddress.Private(123))).isInstanceOf(Outcome.NextRung.class);
    group.forbid("photos");
    assertThat(post(job, OutWorld.chat(group))).isInstanceOf(Outcome.NextRung.class);
    group.kickBot();
    assertThat(post(job, OutWorld.chat(group))).isInstanceOf(Outcome.NextRung.class);
    ann.block();
    assertThat(post(job, OutWorld.chat(ann.chat()))).isInstanceOf(Outcome.NextRung.class);
  }

  @Test
  void aGroupThatBecomesASupergroupIsFollowed() throws Exception {
    Job job = out.drawn("a fox");
    TelegramChat group = telegram.group("Painters", ann);
    TelegramAddress.Message waiting = out.waiting(group);
    int command = ann.say(group, "/imagine a fox");
    TelegramChat upgraded = group.upgrade();

    assertThat(post(job, waiting)).as("of the old group").isInstanceOf(Outcome.NextRung.class);
    TelegramAddress.Chat there =
        new TelegramAddress.Chat(group.id(), OptionalInt.empty(), OptionalInt.of(command));
    String message = posted(post(job, there));
    assertThat(post(job, waiting)).isInstanceOf(Outcome.NextRung.class);
    assertThat(withdraw(job, waiting, Optional.empty())).isEqualTo(Outcome.done());

    assertThat(upgraded.fromBot()).hasSize(1);
    assertThat(upgraded.last().repliesTo()).isEmpty();
    withdraw(job, there, Optional.of(message));
    assertThat(upgraded.fromBot()).isEmpty();
    assertThat(out.moved).containsEntry(group.id(), upgraded.id());
  }

  @Test
  void aChatThatSaysToWaitIsWaitedForAndNotAskedMeanwhile() throws Exception {
    Job job = out.drawn("a fox");
    telegram.faults().next(1, "sendPhoto", Faults.tooMany(30));

    assertThat(post(job, OutWorld.chat(ann.chat())))
        .isEqualTo(new Outcome.RetryAfter(Duration.ofSeconds(30), false));
    Outcome again = post(job, OutWorld.chat(ann.chat()));

    assertThat(again).isInstanceOf(Outcome.RetryAfter.class);
    assertThat(((Outcome.RetryAfter) again).delay())
        .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(30));
    assertThat(telegram.calls("sendPhoto")).hasSize(1);
  }

  @Test
  void whatIsWrongWithTheServerOrTheTokenPasses() throws Exception {
    Job job = out.drawn("a fox");
    List<Outcome> outcomes = new ArrayList<>();
    telegram.faults().next(1, "sendPhoto", Faults.refusal(500, "Internal Server Error"));
    telegram.faults().next(1, "sendPhoto", Faults.page(502));
    telegram.faults().next(1, "sendPhoto", Faults.dropInRequest());
    for (int i = 0; i < 3; i++) {
      outcomes.add(post(job, OutWorld.chat(ann.chat())));
    }
    telegram.faults().revokeToken();
    outcomes.add(post(job, OutWorld.chat(ann.chat())));
    telegram.faults().clear();
    telegram.away();
    outcomes.add(post(job, OutWorld.chat(ann.chat())));
    telegram.back();

    assertThat(outcomes)
        .allSatisfy(outcome ->
            assertThat(outcome)
                .isInstanceOf(Outcome.TryAgain.class)
                .asString()
                .doesNotContain(telegram.token()));
    assertThat(ann.chat().fromBot()).isEmpty();
  }

  @Test
  void aWordOfWaitingIsTakenBack() throws Exception {
    Job job = out.drawn("a fox");
    TelegramAddress.Message waiting = out.waiting(ann.chat());

    assertThat(withdraw(job, waiting, Optional.empty())).isEqualTo(Outcome.done());
    assertThat(withdraw(job, waiting, Optional.empty())).isEqualTo(Outcome.done());
    assertThat(withdraw(job, OutWorld.chat(ann.chat()), Optional.empty()))
        .isEqualTo(Outcome.done());

    assertThat(ann.chat().fromBot()).isEmpty();
  }

  @Test
  void whatIsTooOldToBeDeletedIsCovered() throws Exception {
    Job one = out.drawn("a fox");
    Job two = out.drawn("a hen --count 2");
    TelegramAddress.Message waiting = out.waiting(ann.chat());
    String first = posted(post(one, waiting));
    String second = posted(post(two, OutWorld.chat(ann.chat())));
    clock.advance(Duration.ofDays(3));

    assertThat(withdraw(one, waiting, Optional.of(first))).isEqualTo(Outcome.done());
    assertThat(withdraw(two, waiting, Optional.of(second))).isEqualTo(Outcome.done());

    assertThat(ann.chat().fromBot())
        .hasSize(4)
        .allSatisfy(seen -> {
          assertThat(seen.text()).contains("was deleted");
          assertThat(seen.buttons()).isEmpty();
          assertThat(seen.photo().map(photo -> photo.width()).orElse(64)).isEqualTo(64);
        });
  }
}

package dev.hyperbrush.chat.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hyperbrush.TestClock;
import dev.hyperbrush.chat.Caller;
import dev.hyperbrush.chat.ChatWorld;
import dev.hyperbrush.chat.Invocation;
import dev.hyperbrush.chat.Person;
import dev.hyperbrush.chat.Place;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Standing;
import dev.hyperbrush.delivery.Outcome;
import dev.hyperbrush.delivery.Post;
import dev.hyperbrush.delivery.Withdrawal;
import dev.hyperbrush.faketelegram.FakeTelegram;
import dev.hyperbrush.faketelegram.Faults;
import dev.hyperbrush.faketelegram.SeenMessage;
import dev.hyperbrush.faketelegram.TelegramChat;
import dev.hyperbrush.faketelegram.TelegramPerson;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobState;
import dev.hyperbrush.store.Picture;
import dev.hyperbrush.store.PictureRef;
import dev.hyperbrush.store.TelegramFileDao;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The courier posts to the Telegram on loopback, which checks what it is sent. */
final class TelegramCourierTest {
  private static final String FOX = "a <b>fox</b> & @everyone \u202Egnp.exe";

  @TempDir private Path data;
  private final TestClock clock = new TestClock();
  private final FakeTelegram telegram = FakeTelegram.start(clock);
  private final TelegramPerson ann = telegram.person("Ann");
  private final Moves moves = new Moves();
  private ChatWorld world;
  private TelegramApi api;
  private TelegramSender sender;
  private TelegramCourier courier;
  private OutgoingPoster answers;
  private TelegramFileDao files;

  private static final class Moves implements ChatMoves {
    final Map<Long, Long> known = new ConcurrentHashMap<>();

    @Override
    public long current(long chat) {
      return known.getOrDefault(chat, chat);
    }

    @Override
    public void moved(long from, long to) {
      known.put(from, to);
    }
  }

  @BeforeEach
  void open() {
    telegram.withoutRates(); // the clock stands still
    world = new ChatWorld(data);
    world.draw();
    TelegramSettings settings =
        new TelegramSettings(Optional.of(telegram.token()), Optional.of(telegram.api()));
    api = world.with(TelegramApi.open(telegram.token(), settings));
    Pace pace = new Pace(world.parts.clock(), Duration.ZERO); // it has a test of its own
    sender = world.with(TelegramSender.start(api, pace, moves, world.parts.clock()));
    files = new TelegramFileDao(world.database);
    PicturePoster pictures = PicturePoster.of(world.parts);
    courier = new TelegramCourier(sender, pictures, world.parts);
    answers = new OutgoingPoster(sender::answer, pictures);
    ann.say("/start");
  }

  @AfterEach
  void close() {
    world.close();
    telegram.close();
    assertThat(telegram.violations()).isEmpty();
  }

  private Reply say(String verb, String text) {
    Place place = Place.of("telegram", String.valueOf(ann.id()), Optional.empty());
    Caller caller =
        new Caller(
            new Person("telegram", String.valueOf(ann.id()), "Ann"),
            place,
            Standing.MEMBER,
            Locale.ENGLISH);
    return world.commands.run(new Invocation(caller, verb, text, Map.of()));
  }

  private Job drawn(String line) {
    Job job = ended(line);
    assertThat(job.state()).isEqualTo(JobState.DONE);
    return job;
  }

  private Job ended(String line) {
    Reply reply = say("imagine", line);
    assertThat(reply.code()).as(reply.text()).isEmpty();
    long id = reply.jobs().getFirst().job().id();
    await().until(() -> world.queue.find(id).orElseThrow().state().ended());
    return world.queue.find(id).orElseThrow();
  }

  private TelegramAddress.Message waiting(TelegramChat where) throws Exception {
    int number =
        answers
            .words(
                new TelegramAddress.Chat(where.id(), OptionalInt.empty(), OptionalInt.empty()),
                new TelegramMessages.Words("waiting", Optional.empty()))
            .getMessageId();
    return new TelegramAddress.Message(where.id(), OptionalInt.empty(), number);
  }

  private static TelegramAddress.Chat chat(TelegramChat where) {
    return new TelegramAddress.Chat(where.id(), OptionalInt.empty(), OptionalInt.empty());
  }

  private Outcome post(Job job, TelegramAddress to) throws InterruptedException {
    return post(job, world.queue.pictures(job.id()), to, false);
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
    Job job = drawn(FOX + " --seed 5");
    TelegramAddress.Message waiting = waiting(ann.chat());

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
    Job job = drawn("a fox --spoiler");
    post(job, waiting(ann.chat()));
    post(job, chat(ann.chat()));

    assertThat(files.find(new PictureRef(job.id(), 0), TelegramFileDao.Form.PHOTO)).isPresent();
    assertThat(telegram.calls("sendPhoto").getLast().parameters().get("photo"))
        .startsWith("AgACAgIAAxk");
    assertThat(ann.chat().fromBot()).hasSize(2).allMatch(SeenMessage::spoiler);
  }

  @Test
  void aPictureThatTelegramHasForgottenIsSentAgain() throws Exception {
    Job job = drawn("a fox");
    PictureRef picture = new PictureRef(job.id(), 0);
    files.put(List.of(picture), TelegramFileDao.Form.PHOTO, List.of("AgACgone"));
    telegram
        .faults()
        .next(1, "sendPhoto", Faults.refusal(400, "Bad Request: wrong file identifier/HTTP URL"));

    post(job, chat(ann.chat()));

    assertThat(ann.chat().last().photo()).isPresent();
    assertThat(files.find(picture, TelegramFileDao.Form.PHOTO))
        .isPresent()
        .get()
        .isNotEqualTo("AgACgone");
  }

  @Test
  void severalPicturesAreAnAlbumAndTheButtonsFollow() throws Exception {
    Job job = drawn("a fox --count 3");
    TelegramAddress.Message waiting = waiting(ann.chat());

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
    Job job = drawn("a fox --count 2");
    TelegramAddress.Message waiting = waiting(ann.chat());
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
    Job job = drawn("a fox");
    TelegramAddress.Message waiting = waiting(ann.chat());
    telegram.faults().next(1, "editMessageMedia", Faults.dropAnswer());
    telegram.faults().next(1, "editMessageMedia", Faults.dropInRequest());
    assertThat(post(job, waiting)).isInstanceOf(Outcome.TryAgain.class);
    assertThat(post(job, waiting)).isInstanceOf(Outcome.TryAgain.class);

    posted(post(job, waiting));

    assertThat(ann.chat().fromBot()).hasSize(1);
  }

  @Test
  void whatIsTooLargeForAPhotoIsAFile() throws Exception {
    Job job = drawn("a fox");
    Picture drawn = world.queue.pictures(job.id()).getFirst();
    Picture narrow =
        new Picture(job.id(), 0, drawn.seed(), drawn.sha256(), 2100, 100, drawn.bytes());

    post(job, List.of(narrow), waiting(ann.chat()), false);

    SeenMessage seen = ann.chat().last();
    assertThat(seen.photo()).isEmpty();
    assertThat(seen.document().orElseThrow().bytes())
        .isEqualTo(java.nio.file.Files.readAllBytes(world.files.file(drawn)));
  }

  @Test
  void whatIsRefusedAsTooLargeIsMadeSmaller() throws Exception {
    Job job = drawn("a fox");
    telegram.faults().next(1, "sendPhoto", Faults.refusal(413, "Request Entity Too Large"));

    posted(post(job, chat(ann.chat())));

    assertThat(ann.chat().last().photo().orElseThrow().name()).endsWith(".jpg");
  }

  @Test
  void aFailureIsSaidWhereItWasWaitedFor() throws Exception {
    Job job = drawn("a fox");
    Job cancelled = as(job, JobState.CANCELLED);
    TelegramAddress.Message waiting = waiting(ann.chat());

    post(cancelled, List.of(), waiting, true);
    post(cancelled, List.of(), waiting, true);
    assertThat(post(cancelled, List.of(), chat(ann.chat()), true)).isEqualTo(Outcome.done());

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
    Job job = drawn("a fox");
    TelegramChat group = telegram.group("Painters", ann);
    TelegramAddress.Message gone =
        new TelegramAddress.Message(ann.id(), OptionalInt.empty(), 99_999);
    assertThat(post(job, gone)).isInstanceOf(Outcome.NextRung.class);
    assertThat(post(job, new TelegramAddress.Private(123))).isInstanceOf(Outcome.NextRung.class);
    group.forbid("photos");
    assertThat(post(job, chat(group))).isInstanceOf(Outcome.NextRung.class);
    group.kickBot();
    assertThat(post(job, chat(group))).isInstanceOf(Outcome.NextRung.class);
    ann.block();
    assertThat(post(job, chat(ann.chat()))).isInstanceOf(Outcome.NextRung.class);
  }

  @Test
  void aGroupThatBecomesASupergroupIsFollowed() throws Exception {
    Job job = drawn("a fox");
    TelegramChat group = telegram.group("Painters", ann);
    TelegramChat upgraded = group.upgrade();

    posted(post(job, chat(group)));

    assertThat(upgraded.fromBot()).hasSize(1);
    assertThat(moves.known).containsEntry(group.id(), upgraded.id());
  }

  @Test
  void aChatThatSaysToWaitIsWaitedForAndNotAskedMeanwhile() throws Exception {
    Job job = drawn("a fox");
    telegram.faults().next(1, "sendPhoto", Faults.tooMany(30));

    assertThat(post(job, chat(ann.chat())))
        .isEqualTo(new Outcome.RetryAfter(Duration.ofSeconds(30), false));
    Outcome again = post(job, chat(ann.chat()));

    assertThat(again).isInstanceOf(Outcome.RetryAfter.class);
    assertThat(((Outcome.RetryAfter) again).delay())
        .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(30));
    assertThat(telegram.calls("sendPhoto")).hasSize(1);
  }

  @Test
  void whatIsWrongWithTheServerOrTheTokenPasses() throws Exception {
    Job job = drawn("a fox");
    List<Outcome> outcomes = new ArrayList<>();
    telegram.faults().next(1, "sendPhoto", Faults.refusal(500, "Internal Server Error"));
    telegram.faults().next(1, "sendPhoto", Faults.page(502));
    telegram.faults().next(1, "sendPhoto", Faults.dropInRequest());
    for (int i = 0; i < 3; i++) {
      outcomes.add(post(job, chat(ann.chat())));
    }
    telegram.faults().revokeToken();
    outcomes.add(post(job, chat(ann.chat())));
    telegram.faults().clear();
    telegram.away();
    outcomes.add(post(job, chat(ann.chat())));
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
    Job job = drawn("a fox");
    TelegramAddress.Message waiting = waiting(ann.chat());

    assertThat(withdraw(job, waiting, Optional.empty())).isEqualTo(Outcome.done());
    assertThat(withdraw(job, waiting, Optional.empty())).isEqualTo(Outcome.done());
    assertThat(withdraw(job, chat(ann.chat()), Optional.empty())).isEqualTo(Outcome.done());

    assertThat(ann.chat().fromBot()).isEmpty();
  }

  @Test
  void whatIsTooOldToBeDeletedIsCovered() throws Exception {
    Job one = drawn("a fox");
    Job two = drawn("a hen --count 2");
    TelegramAddress.Message waiting = waiting(ann.chat());
    String first = posted(post(one, waiting));
    String second = posted(post(two, chat(ann.chat())));
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

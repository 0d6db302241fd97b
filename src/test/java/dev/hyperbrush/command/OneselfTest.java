package dev.hyperbrush.command;

import static dev.hyperbrush.command.CommandWorld.ANNA;
import static dev.hyperbrush.command.CommandWorld.BEN;
import static dev.hyperbrush.command.CommandWorld.ELSEWHERE;
import static dev.hyperbrush.command.CommandWorld.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.chat.Button;
import dev.hyperbrush.chat.Caller;
import dev.hyperbrush.chat.Card;
import dev.hyperbrush.chat.Person;
import dev.hyperbrush.chat.Place;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Standing;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.queue.Erasure;
import dev.hyperbrush.store.DeliveryDao;
import dev.hyperbrush.store.DeliveryState;
import dev.hyperbrush.store.Destination;
import dev.hyperbrush.store.ErasureDao;
import dev.hyperbrush.store.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Languages, links and erasure, as people use them. */
final class OneselfTest {
  private static final Person ANNA_THERE = new Person("telegram", "77", "Anna T.");
  private static final Place CHAT = Place.of("telegram", "77", Optional.empty());

  private static final String LANGUAGES =
      "en (English), zh-CN (简体中文), ja (日本語), de (Deutsch), fr (Français), es (Español),"
          + " pt-BR (Português (Brasil)), auto";

  @TempDir private Path data;
  private CommandWorld world;

  @BeforeEach
  void open() {
    world = new CommandWorld(data);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void theChosenLanguageHoldsEverywhereAndAfterARestart() {
    assertThat(world.say("language", "").text())
        .isEqualTo("You are answered in: English. Known: " + LANGUAGES);
    assertThat(world.say("language", "Deutsch").text()).endsWith("Antwort auf: Deutsch.");
    world.close();
    world = new CommandWorld(data);

    assertThat(world.say("imagine", " ").text()).startsWith("Der Prompt ist leer");
    assertThat(world.say(BEN, SERVER, "imagine", " ").text()).startsWith("The prompt");
    Reply listed = world.say("language", "");
    assertThat(press(listed, "English").text())
        .isEqualTo("You are answered in English from now on.");
    world.say("language", "DE");
    assertThat(world.say("language", "auto").text()).contains("Sprache der Plattform");
    assertThat(world.say("imagine", " ").text()).startsWith("The prompt");
    assertThat(world.say("language", "klingon").text())
        .isEqualTo("“klingon” is no language that is spoken here. Use one of: " + LANGUAGES);
  }

  @Test
  void aCodeMakesTwoIdentitiesOnePerson() {
    Job here = world.imagine("a cat");
    Job there = world.say(ANNA_THERE, CHAT, "imagine", "a dog").jobs().getFirst().job();
    world.say(ANNA_THERE, CHAT, "language", "de");
    String code = code();

    Reply joined = world.say(ANNA_THERE, CHAT, "link", code.toLowerCase(Locale.ROOT));

    assertThat(joined.text()).startsWith("Du bist jetzt hier und dort dieselbe Person");
    assertThat(world.say(ANNA_THERE, CHAT, "history", "").jobs())
        .extracting(view -> view.job().id())
        .containsExactly(there.id(), here.id());
    assertThat(world.say("history", "").jobs()).hasSize(2);
    assertThat(world.say("imagine", " ").text()).startsWith("Der Prompt");
    world.say("language", "en");
    Reply linked = world.say(ANNA, SERVER, "link", "");
    assertThat(linked.cards()).extracting(Card::title).containsExactly("Anna", "Anna T.");
    assertThat(world.say(ANNA, ELSEWHERE, "link", "").text()).doesNotContain("code");
    assertThat(world.press(ANNA, ELSEWHERE, "link:0:1").text()).startsWith("Your code is ");
  }

  @Test
  void presetsAndDefaultsFollowAndNoneIsLost() {
    world.say("preset save", "moody --steps 6 {prompt}, at dusk");
    world.say("defaults me", "--steps 9");
    world.say(ANNA_THERE, CHAT, "preset save", "moody --steps 7 {prompt}, at noon");
    world.say(ANNA_THERE, CHAT, "preset save", "other --steps 8 {prompt}");
    world.say(ANNA_THERE, CHAT, "defaults me", "--steps 10 --guidance 3");
    assertThat(world.say("preset list", "").text()).contains("moody").doesNotContain("other");

    assertThat(world.say(ANNA_THERE, CHAT, "link", code()).code()).isEmpty();

    assertThat(world.say("preset list", "").text()).contains("moody", "moody-2", "other");
    assertThat(world.imagine("a cat --preset moody").request().prompt()).endsWith("at dusk");
    assertThat(world.imagine("a cat --preset moody-2").request().prompt()).endsWith("at noon");
    assertThat(world.say("defaults me", "").text()).contains("9", "3").doesNotContain("10");
    world.say("forget-me", "--yes");
    assertThat(world.say("preset list", "").text()).startsWith("There are no presets yet");
    assertThat(world.say("defaults me", "").text()).startsWith("Nothing is set");
  }

  @Test
  void aCodeWorksOnceAndForTenMinutesAndNotForOneself() {
    String code = code();
    assertThat(world.say(ANNA, SERVER, "link", code).code()).contains(ReasonCode.LINK_CODE_OWN);
    assertThat(world.say(ANNA_THERE, CHAT, "link", code).code()).isEmpty();
    assertThat(world.say(BEN, SERVER, "link", code).code()).contains(ReasonCode.LINK_CODE_UNKNOWN);

    String late = code();
    world.clock.advance(Duration.ofMinutes(10));
    assertThat(world.say(BEN, SERVER, "link", late).code()).contains(ReasonCode.LINK_CODE_UNKNOWN);
    assertThat(world.say(BEN, SERVER, "history", "").jobs()).isEmpty();
    assertThat(world.say("link", "--new").code())
        .as("not where others read it")
        .contains(ReasonCode.LINK_NOT_HERE);
  }

  @Test
  void codesAndGuessesAreLimitedForAnHour() {
    for (int i = 0; i < LinkCodes.MOST_CODES; i++) {
      code();
    }
    assertThat(world.say(ANNA, ELSEWHERE, "link", "").code())
        .contains(ReasonCode.LINK_TOO_MANY_CODES);
    String good = world.say(BEN, ELSEWHERE, "link", "").text().substring(13, 22);
    for (int i = 0; i < LinkCodes.MOST_GUESSES; i++) {
      assertThat(world.say("link", "ABCD-EFG" + (i + 2)).code())
          .contains(ReasonCode.LINK_CODE_UNKNOWN);
    }
    assertThat(world.say("link", good).code()).contains(ReasonCode.LINK_TOO_MANY_GUESSES);
    world.clock.advance(Duration.ofMinutes(61));
    code();
    good = world.say(BEN, ELSEWHERE, "link", "").text().substring(13, 22);
    assertThat(world.say("link", good).code()).isEmpty();
  }

  @Test
  void ofManyWhoUseACodeAtOnceOneIsJoinedAndNothingIsLost() throws Exception {
    world.imagine("a cat");
    String code = code();
    List<Person> guessers =
        Stream.of("1", "2", "3", "4").map(id -> new Person("telegram", id, "T" + id)).toList();
    for (Person guesser : guessers) {
      world.say(guesser, CHAT, "imagine", "of " + guesser.displayName());
    }
    List<Reply> replies =
        atOnce(
            guessers.stream()
                .<Callable<Reply>>map(guesser -> () -> world.say(guesser, CHAT, "link", code))
                .toList());

    assertThat(replies).filteredOn(reply -> reply.code().isEmpty()).hasSize(1);
    assertThat(replies)
        .filteredOn(reply -> reply.code().isPresent())
        .allMatch(reply -> reply.code().equals(Optional.of(ReasonCode.LINK_CODE_UNKNOWN)));
    assertThat(world.say("history", "").jobs()).hasSize(2);
  }

  @Test
  void twoWhoSayEachOthersCodesBecomeOnePerson() throws Exception {
    world.imagine("a cat");
    world.say(ANNA_THERE, CHAT, "imagine", "a dog");
    String here = code();
    String there = world.say(ANNA_THERE, CHAT, "link", "").text().substring(13, 22);

    List<Reply> replies =
        atOnce(
            List.of(
                () -> world.say(ANNA, SERVER, "link", there),
                () -> world.say(ANNA_THERE, CHAT, "link", here)));

    assertThat(replies).filteredOn(reply -> reply.code().isEmpty()).hasSize(1);
    assertThat(world.say("history", "").jobs()).hasSize(2);
    assertThat(world.say(ANNA_THERE, CHAT, "history", "").jobs()).hasSize(2);
  }

  @Test
  void nothingIsLostOfWhatIsAskedForWhileLinking() throws Exception {
    List<Callable<Reply>> calls = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      calls.add(() -> world.say(ANNA_THERE, CHAT, "imagine", "a dog"));
    }
    String code = code();
    calls.add(15, () -> world.say(ANNA_THERE, CHAT, "link", code));

    List<Reply> replies = atOnce(calls);

    assertThat(replies).allSatisfy(reply -> assertThat(reply.code()).isEmpty());
    assertThat(world.say("about", "").text()).contains("30 requests");
  }

  @Test
  void unlinkGivesBackWhatWasAskedForThere() {
    assertThat(world.say("unlink", "").code()).contains(ReasonCode.NOT_LINKED);
    Job here = world.imagine("a cat");
    world.say(ANNA_THERE, CHAT, "link", code());
    Job there = world.say(ANNA_THERE, CHAT, "imagine", "a dog").jobs().getFirst().job();

    assertThat(world.say("unlink", "matrix").text()).contains("discord Anna, telegram Anna T.");
    assertThat(world.say("unlink", "Telegram").text())
        .startsWith("Anna T. (telegram) is a person of its own again. 1 pictures");
    assertThat(world.say("history", "").jobs())
        .extracting(view -> view.job().id())
        .containsExactly(here.id());
    assertThat(world.say(ANNA_THERE, CHAT, "history", "").jobs())
        .extracting(view -> view.job().id())
        .containsExactly(there.id());
  }

  @Test
  void aButtonSeparatesTheIdentityOfItsCardAndNobodyElses() {
    world.say(ANNA_THERE, CHAT, "link", code());
    Button separate = world.say("link", "").cards().get(1).buttons().getFirst();

    assertThat(world.press(BEN, SERVER, separate.action().encode()).code())
        .contains(ReasonCode.NOT_LINKED);
    assertThat(world.press(ANNA, SERVER, separate.action().encode()).text()).startsWith("Anna T.");
    assertThat(world.press(ANNA, SERVER, separate.action().encode()).code())
        .contains(ReasonCode.NOT_LINKED);
  }

  @Test
  void whatIsDrawnWhileLinkingIsThereAfterwards() {
    Job there = world.say(ANNA_THERE, CHAT, "imagine", "a dog").jobs().getFirst().job();
    world.say(ANNA_THERE, CHAT, "link", code());

    world.draw();

    assertThat(world.say("show", "" + there.id()).jobs().getFirst().pictures()).hasSize(1);
    assertThat(world.say("favourite", "" + there.id()).code()).isEmpty();
  }

  @Test
  void forgetMeAsksFirstAndTheButtonWorksOnceForTenMinutes() throws IOException {
    world.imagine("a cat --count 2 --size 64x64");
    world.draw();
    Job waiting = world.imagine("waiting");
    Reply others = world.say(BEN, SERVER, "imagine", "a dog");

    Reply asked = world.say("forget-me", "");
    assertThat(asked.text()).startsWith("This erases 2 requests with 2 pictures");
    world.clock.advance(Duration.ofMinutes(11));
    assertThat(press(asked, "Yes, erase everything").code())
        .contains(ReasonCode.FORGET_CODE_UNKNOWN);
    Reply again = world.say("forget-me", "");
    assertThat(world.press(BEN, SERVER, again.buttons().getFirst().action().encode()).code())
        .contains(ReasonCode.FORGET_CODE_UNKNOWN);
    assertThat(world.say("history", "").jobs()).hasSize(2);

    assertThat(press(again, "Yes, erase everything").text())
        .isEqualTo("Everything about you is erased.");

    assertThat(press(again, "Yes, erase everything").code())
        .contains(ReasonCode.FORGET_CODE_UNKNOWN);
    assertThat(world.queue.find(waiting.id())).isEmpty();
    assertThat(world.say("history", "").jobs()).isEmpty();
    assertThat(world.say("show", "" + waiting.id()).code()).contains(ReasonCode.JOB_UNKNOWN);
    assertThat(world.say(BEN, SERVER, "history", "").jobs())
        .extracting(view -> view.job().id())
        .containsExactly(others.jobs().getFirst().job().id());
    assertThat(files()).isEmpty();
  }

  @Test
  void whatWasPostedIsTakenBack() {
    Caller caller =
        new Caller(
            ANNA,
            SERVER,
            Standing.MEMBER,
            Locale.ENGLISH,
            List.of(new Destination("discord/art", "channel 1")),
            Optional.empty());
    Job job = world.say(caller, "imagine", "a cat").jobs().getFirst().job();
    world.draw();
    DeliveryDao deliveries = new DeliveryDao(world.database);
    assertThat(deliveries.ofJob(job.id()).orElseThrow().state()).isEqualTo(DeliveryState.DUE);

    world.say("forget-me", "--yes");

    assertThat(deliveries.ofJob(job.id()).orElseThrow().state())
        .isEqualTo(DeliveryState.WITHDRAWING);
  }

  @Test
  void anErasureThatWasInterruptedIsFinishedByTheNextProcess() throws IOException {
    Job job = world.imagine("a cat");
    world.draw();
    world.imagine("waiting");
    ErasureDao begun = new ErasureDao(world.database, world.clock);
    begun.begin(job.personId());
    world.queue.delete(job.id());
    world.close();
    world = new CommandWorld(data);

    new Erasure(world.queue, new ErasureDao(world.database, world.clock)).finishBegun();

    assertThat(new ErasureDao(world.database, world.clock).unfinished()).isEmpty();
    assertThat(world.say("history", "").jobs()).isEmpty();
    assertThat(world.queue.waiting()).isZero();
    assertThat(files()).isEmpty();
  }

  @Test
  void aFileThatIsSomebodyElsesTooStays() throws IOException {
    world.imagine("a cat --seed 7");
    Job equal = world.say(BEN, SERVER, "imagine", "a cat --seed 7").jobs().getFirst().job();
    world.draw();
    assertThat(files()).hasSize(1);

    world.say("forget-me", "--yes");

    assertThat(files()).hasSize(1);
    assertThat(world.queue.pictures(equal.id())).hasSize(1);
  }

  @Test
  void aboutTellsWhatIsKept() {
    world.imagine("a cat");
    world.draw();
    Reply about = world.say("about", "");
    assertThat(about.text())
        .contains("Hyperbrush", "small", "Anna (discord)", "1 requests, 1 pictures");
    assertThat(about.cards()).hasSize(2);
    assertThat(press(about.cards().get(1).buttons(), "Erase everything").text())
        .startsWith("This erases 1 requests");
  }

  private String code() {
    String text = world.say(ANNA, ELSEWHERE, "link", "--new").text();
    assertThat(text).matches("Your code is [2-9A-Z]{4}-[2-9A-Z]{4}\\. .*");
    return text.substring(13, 22);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(data.resolve("pictures"))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return threads.invokeAll(calls).stream().map(OneselfTest::get).toList();
    }
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  private Reply press(Reply reply, String label) {
    return press(reply.buttons(), label);
  }

  private Reply press(List<Button> buttons, String label) {
    Button button =
        buttons.stream().filter(one -> one.label().equals(label)).findFirst().orElseThrow();
    return world.press(ANNA, SERVER, button.action().encode());
  }
}

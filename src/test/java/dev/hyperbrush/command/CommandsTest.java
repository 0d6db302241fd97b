package dev.hyperbrush.command;

import static dev.hyperbrush.command.CommandWorld.ANNA;
import static dev.hyperbrush.command.CommandWorld.BEN;
import static dev.hyperbrush.command.CommandWorld.ELSEWHERE;
import static dev.hyperbrush.command.CommandWorld.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.chat.Button;
import dev.hyperbrush.chat.Caller;
import dev.hyperbrush.chat.JobView;
import dev.hyperbrush.chat.Place;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Standing;
import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.policy.Permission;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobState;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommandsTest {
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
  void imagineQueuesTheJobBeforeItAnswers() {
    Reply reply = world.say("imagine", "a red circle --steps 20 --seed 7 --size 100x100");

    assertThat(reply.code()).isEmpty();
    JobView view = reply.jobs().getFirst();
    Job job = world.queue.find(view.job().id()).orElseThrow();
    assertThat(job.request().prompt()).isEqualTo("a red circle");
    assertThat(job.request().seed().value()).isEqualTo(7);
    assertThat(job.request().size()).hasToString("96x96");
    assertThat(job.origin().server()).contains("guild");
    assertThat(view.position()).isEqualTo(1);
    assertThat(reply.text()).isEqualTo("Picture " + job.id() + " is number 1 in the queue.");
    assertThat(reply.notices())
        .containsExactly(Phrase.of(ReasonCode.SIZE_CHANGED, "100x100", "96x96", "small"))
        .isEqualTo(job.notices());
    assertThat(actions(view)).containsExactly("cancel:" + job.id() + ":0");
  }

  @Test
  void aRefusalIsInThePersonsLanguage() {
    Reply reply =
        world.say(new Caller(ANNA, SERVER, Standing.MEMBER, Locale.GERMANY), "imagine", " ");
    assertThat(reply.text()).startsWith("Der Prompt ist leer");
  }

  @Test
  void aVarietyOfALanguageIsCalledAsTheOneThatIsSpoken() {
    Caller caller = new Caller(ANNA, SERVER, Standing.MEMBER, Locale.TRADITIONAL_CHINESE);
    assertThat(world.say(caller, "about", "").text()).contains("语言: 简体中文");
  }

  @Test
  void aPersonIsOneAndTheSameFromOneCommandToTheNext() {
    Job first = world.imagine("one");
    assertThat(world.imagine("two").personId()).isEqualTo(first.personId());
    assertThat(world.say(BEN, SERVER, "imagine", "three").jobs().getFirst().job().personId())
        .isNotEqualTo(first.personId());
  }

  @Test
  void cancelWithoutANumberTakesTheOwnNewest() {
    Job older = world.imagine("older");
    Job newer = world.imagine("newer");
    world.say(BEN, SERVER, "imagine", "of somebody else");

    Reply reply = world.say("cancel", "");

    assertThat(reply.text()).isEqualTo("Picture " + newer.id() + " is cancelled.");
    assertThat(reply.jobs().getFirst().job().state()).isEqualTo(JobState.CANCELLED);
    assertThat(world.queue.find(older.id()).orElseThrow().state()).isEqualTo(JobState.QUEUED);
    assertThat(world.say("cancel", "#" + newer.id()).code()).contains(ReasonCode.JOB_OVER);
  }

  @Test
  void nobodyCancelsOrDeletesWhatIsNotTheirs() {
    long id = world.imagine("a cat").id();

    assertThat(world.say(BEN, SERVER, "cancel", "" + id).code()).contains(ReasonCode.JOB_NOT_YOURS);
    assertThat(world.say(BEN, SERVER, "delete", "" + id).code()).contains(ReasonCode.JOB_NOT_YOURS);
    assertThat(world.press(BEN, SERVER, "delete:" + id + ":0").code())
        .contains(ReasonCode.JOB_NOT_YOURS);
    assertThat(world.queue.find(id).orElseThrow().state()).isEqualTo(JobState.QUEUED);
  }

  @Test
  void aJobIsSeenWhereItWasAskedForAndByWhoAskedForIt() {
    long id = world.imagine("a cat").id();
    Place otherServer = Place.of("discord", "art2", Optional.of("other"));
    Place otherChannel = Place.of("discord", "chat", Optional.of("guild"));
    Place otherPlatform = Place.of("telegram", "art", Optional.of("guild"));

    assertThat(world.say(ANNA, ELSEWHERE, "show", "" + id).code()).isEmpty();
    assertThat(world.say(BEN, SERVER, "show", "" + id).code()).isEmpty();
    assertThat(world.say(BEN, otherChannel, "show", "" + id).code()).isEmpty();
    for (Place place : List.of(ELSEWHERE, otherServer, otherPlatform)) {
      for (String verb : List.of("show", "again", "vary", "cancel", "delete")) {
        Reply hidden = world.say(BEN, place, verb, "" + id);
        assertThat(hidden.code()).as(verb).contains(ReasonCode.JOB_UNKNOWN);
        assertThat(hidden.text())
            .isEqualTo(world.say(BEN, place, verb, "77").text().replace("77", "" + id));
      }
    }
  }

  @Test
  void othersAreOfferedOnlyWhatTheyMayDo() {
    Job job = world.imagine("a cat");
    assertThat(actions(world.say(BEN, SERVER, "show", "" + job.id()).jobs().getFirst())).isEmpty();
    world.draw();
    assertThat(actions(world.say(BEN, SERVER, "show", "" + job.id()).jobs().getFirst()))
        .containsExactly("again:" + job.id() + ":0", "vary:" + job.id() + ":0");
    assertThat(
            actions(world.commands.view(world.queue.find(job.id()).orElseThrow(), Locale.ENGLISH)))
        .contains("delete:" + job.id() + ":0");
  }

  @Test
  void showTellsEverythingAndHowToAskAgain() {
    Job job = world.imagine("a cat --guidance 4 --no dog --count 2 --seed 7 --lora outline:0.5");
    world.draw();

    Reply reply = world.say("show", "" + job.id());

    JobView view = reply.jobs().getFirst();
    assertThat(view.job().state()).isEqualTo(JobState.DONE);
    assertThat(view.pictures()).hasSize(2);
    assertThat(view.pictures().getLast().seed().value()).isEqualTo(8);
    assertThat(reply.notices()).extracting(Phrase::code).containsExactly(ReasonCode.PROMPT_CUT);
    assertThat(reply.text())
        .contains("a cat", "Not: dog", "20 steps", "guidance 4", "seed 7", "outline:0.5", "done")
        .endsWith(view.command());
    GenerationRequest pasted =
        world.imagine(view.command().substring("/imagine ".length())).request();
    assertThat(pasted).isEqualTo(job.request());
  }

  @Test
  void againIsTheSameAndVaryHasAnotherSeed() {
    Job job = world.imagine("a cat --steps 20 --seed 7");

    Reply again = world.press(BEN, SERVER, "again:" + job.id() + ":0");
    assertThat(again.jobs().getFirst().job().request()).isEqualTo(job.request());
    assertThat(again.jobs().getFirst().job().personId()).isNotEqualTo(job.personId());

    GenerationRequest varied = world.say("vary", "" + job.id()).jobs().getFirst().job().request();
    assertThat(varied.seed()).isNotEqualTo(job.request().seed());
    assertThat(varied.steps()).isEqualTo(20);
    assertThat(varied.prompt()).isEqualTo("a cat");
  }

  @Test
  void buttonsOfDeletedJobsAndForgedOnesSaySo() {
    long id = world.imagine("a cat").id();
    assertThat(world.press(ANNA, SERVER, "delete:" + id + ":0").code()).isEmpty();

    assertThat(world.queue.find(id)).isEmpty();
    assertThat(world.press(ANNA, SERVER, "again:" + id + ":0").code())
        .contains(ReasonCode.JOB_DELETED);
    assertThat(world.press(ANNA, SERVER, "imagine:" + id + ":0").code())
        .contains(ReasonCode.BUTTON_UNKNOWN);
    assertThat(world.press(ANNA, SERVER, "upscale:" + id + ":0").code())
        .contains(ReasonCode.VERB_UNKNOWN);
    assertThat(world.queue.waiting()).isZero();
  }

  @Test
  void historyIsPagedBackToTheFirst() {
    for (int i = 1; i <= 23; i++) {
      world.imagine((i % 2 == 0 ? "cat " : "dog ") + i);
    }
    world.say(BEN, SERVER, "imagine", "somebody else's cat");

    Reply first = world.say("history", "");
    assertThat(prompts(first)).hasSize(10).startsWith("dog 23", "cat 22");
    assertThat(first.text()).contains("dog 23");
    Reply second = world.press(ANNA, SERVER, first.buttons().getFirst().action().encode());
    Reply third = world.press(ANNA, SERVER, second.buttons().getLast().action().encode());
    assertThat(prompts(third)).containsExactly("dog 3", "cat 2", "dog 1");
    assertThat(third.buttons()).extracting(Button::label).containsExactly("Newer");

    Reply cats = world.say("history", "CAT");
    assertThat(prompts(cats)).hasSize(10).allMatch(prompt -> prompt.startsWith("cat"));
    String older = cats.text().substring(cats.text().lastIndexOf("/history ") + 9);
    assertThat(prompts(world.say("history", older))).containsExactly("cat 2");
    assertThat(world.say("history", "elephant").text()).isEqualTo("Nothing found.");
  }

  @Test
  void whatWaitsIsFoundBehindManyThatEnded() {
    Job old = world.imagine("old");
    for (int newer = 0; newer < 101; newer++) {
      world.queue.cancel(world.imagine("newer").id());
    }

    assertThat(world.say("queue", "").jobs()).extracting(view -> view.job()).containsExactly(old);
    assertThat(world.say("cancel", "").text()).isEqualTo("Picture " + old.id() + " is cancelled.");
  }

  @Test
  void theQueueTellsHowManyWaitAndOnlyOnesOwn() {
    world.say(BEN, SERVER, "imagine", "a secret");
    Job own = world.imagine("a cat");

    Reply reply = world.say("queue", "");

    assertThat(reply.text())
        .isEqualTo("Waiting in all: 2\n#" + own.id() + " a cat (waiting, number 2 in the queue)");
    assertThat(reply.jobs()).extracting(JobView::position).containsExactly(2);
  }

  @Test
  void modelsListsWhatThereIs() {
    assertThat(world.say("models", "").text())
        .contains("small", "turbo-xl", "128x128", "Euler a", "steps 1–8");
    assertThat(world.say("models", "turbo").code()).contains(ReasonCode.MODEL_UNKNOWN);
    assertThat(world.say("models", "Turbo-XL").cards()).hasSize(1);
  }

  @Test
  void helpIsMadeFromTheDeclarations() {
    Standing operator = new Standing(Set.of(), Permission.OPERATOR);
    String all = world.say(new Caller(ANNA, SERVER, operator, Locale.ENGLISH), "help", "").text();
    for (Usage usage : world.commands.verbs()) {
      assertThat(all).contains("/" + usage.name());
      String about = world.say("help", "/" + usage.name()).text();
      assertThat(world.say(usage.name(), "--help").text()).isEqualTo(about);
      usage
          .options()
          .forEach(option -> {
            boolean switched = option.kind() instanceof Kind.Switch;
            assertThat(about).contains(("--" + option.name() + " " + option.example()).strip());
            assertThat(switched || option.kind().read(option.example()).isPresent())
                .as(option.name())
                .isTrue();
          });
    }
    assertThat(world.say("help", "imagine").text()).contains("--cfg", "1–150");
    assertThat(world.say("help", "").text())
        .contains("/imagine ", "/history ")
        .doesNotContain("/ban ", "/admin ");
  }

  @Test
  void everyVerbAndOptionHasADescriptionAndNothingElseHas() {
    Set<String> declared = new TreeSet<>();
    for (Usage usage : world.commands.verbs()) {
      declared.add(usage.textKey());
      usage.options().forEach(option -> declared.add(option.textKey()));
    }
    assertThat(ResourceBundle.getBundle("dev.hyperbrush.chat.texts", Locale.ROOT).keySet())
        .filteredOn(key -> key.startsWith("verb.") || key.startsWith("option."))
        .containsExactlyInAnyOrderElementsOf(declared);
  }

  @Test
  void aBugIsAnsweredWithANumberAndNotWithItsCause() {
    world.database.close();

    Reply reply = world.say("imagine", "a cat");

    assertThat(reply.code()).contains(ReasonCode.INTERNAL_ERROR);
    assertThat(reply.text()).doesNotContain("Exception", "database").containsPattern("[0-9a-f]{8}");
  }

  private static List<String> actions(JobView view) {
    return view.buttons().stream().map(Button::action).map(action -> action.encode()).toList();
  }

  private static List<String> prompts(Reply reply) {
    return reply.jobs().stream().map(view -> view.job().request().prompt()).toList();
  }
}

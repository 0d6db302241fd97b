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
import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.pipeline.ModelCatalogue;
import dev.hyperbrush.policy.Choices;
import dev.hyperbrush.policy.OperatorSettings;
import dev.hyperbrush.policy.Permission;
import dev.hyperbrush.store.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Defaults, limits, presets and changes, as people set and use them. */
final class SettingsVerbsTest {
  private static final Person MOD = new Person("discord", "9", "Mo");
  private static final Place OTHER_SERVER = Place.of("discord", "art", Optional.of("other"));
  private static final Place OTHER_CHANNEL = Place.of("discord", "chat", Optional.of("guild"));

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
  void aServersDefaultsHoldThereAndNowhereElse() {
    Reply reply = mod("defaults set", "--steps 20 --count 2 --spoiler on --no blurry");

    assertThat(reply.code()).isEmpty();
    assertThat(reply.text())
        .isEqualTo(
            """
            Changed for server guild:
            count (server guild): – → 2
            no (server guild): – → blurry
            spoiler (server guild): – → on
            steps (server guild): – → 20\
            """);
    Job here = world.imagine("a cat");
    assertThat(here.request().steps()).isEqualTo(20);
    assertThat(here.request().count()).isEqualTo(2);
    assertThat(here.request().negativePrompt()).isEqualTo("blurry");
    assertThat(here.spoiler()).isTrue();
    for (Place place : List.of(ELSEWHERE, OTHER_SERVER)) {
      Job there = job(world.say(ANNA, place, "imagine", "a cat"));
      assertThat(there.request().steps()).isEqualTo(4);
      assertThat(there.spoiler()).isFalse();
    }
    assertThat(world.imagine("a cat --steps 6 --count 1").request().steps()).isEqualTo(6);
  }

  @Test
  void theNarrowerScopeWins() {
    mod("defaults set", "--steps 20");
    mod("defaults set", "--steps 21 --channel");
    mod("defaults set", "--steps 22 --role 7");

    assertThat(world.imagine("a cat").request().steps()).isEqualTo(21);
    assertThat(job(world.say(ANNA, OTHER_CHANNEL, "imagine", "a cat")).request().steps())
        .isEqualTo(20);
    Caller withRole =
        new Caller(ANNA, SERVER, new Standing(Set.of("7"), Permission.EVERYBODY), Locale.ENGLISH);
    assertThat(job(world.say(withRole, "imagine", "a cat")).request().steps()).isEqualTo(22);
    world.say("defaults me", "--steps 23");
    assertThat(job(world.say(withRole, "imagine", "a cat")).request().steps()).isEqualTo(23);
    assertThat(job(world.say(withRole, "imagine", "a cat --steps 24")).request().steps())
        .isEqualTo(24);
  }

  @Test
  void limitsAreToldWithTheScopeThatDecided() {
    mod("defaults set", "--max-steps 12 --channel");
    mod("defaults set", "--max-count 2 --max-pixels 16384");

    Reply reply = world.say("imagine", "a cat --guidance 4 --steps 25 --count 3 --size 192x128");

    assertThat(reply.notices())
        .containsExactlyInAnyOrder(
            Phrase.of(ReasonCode.LIMITED_BY_CHANNEL, "steps", 25, 12, 12),
            Phrase.of(ReasonCode.LIMITED_BY_SERVER, "count", 3, 2, 2),
            Phrase.of(ReasonCode.LIMITED_BY_SERVER, "size", "192x128", "160x96", 16384));
    assertThat(reply.notices().getFirst().english())
        .isEqualTo("--steps 25 became 12: this channel allows at most 12.");
  }

  @Test
  void onlyAllowedModelsLorasAndSchedulersCanBeNamed() {
    mod("defaults set", "--models turbo-xl --loras outline --schedulers DDIM,euler");

    assertThat(world.imagine("a cat").request().model()).isEqualTo("turbo-xl");
    Reply model = world.say("imagine", "a cat --model small");
    assertThat(model.code()).contains(ReasonCode.MODEL_NOT_ALLOWED_HERE);
    assertThat(model.text()).isEqualTo("The model “small” is not allowed here. Allowed: turbo-xl");
    assertThat(world.say("imagine", "a cat --lora fast:v2:0.5").code())
        .contains(ReasonCode.LORA_NOT_ALLOWED_HERE);
    assertThat(world.say("imagine", "a cat --lora outline").code()).isEmpty();
    assertThat(world.say("imagine", "a cat --scheduler TCD").code())
        .contains(ReasonCode.SCHEDULER_NOT_ALLOWED_HERE);
    assertThat(world.imagine("a cat --scheduler Euler").request().scheduler()).isEqualTo("Euler");
    // The model's own stays possible.
    assertThat(world.imagine("a cat").request().scheduler()).isEqualTo("Euler a");
    assertThat(world.say("defaults me", "--model small").code()).isEmpty();
    assertThat(world.say("imagine", "a cat").notices())
        .containsExactly(
            Phrase.of(ReasonCode.DEFAULT_LEFT_OUT, "model", "small", "/defaults me --unset model"));
  }

  @Test
  void aHouseStyleComesAroundWhatPeopleSayOnce() {
    mod("defaults set", "--prefix watercolor of --suffix soft light --guidance 4 --no text");
    world.say("defaults me", "--suffix by night");

    Job job = world.imagine("a cat --no dog --seed 7");
    assertThat(job.request().prompt()).isEqualTo("watercolor of a cat, by night, soft light");
    assertThat(job.request().negativePrompt()).isEqualTo("text, dog");

    String line = world.say("show", "" + job.id()).jobs().getFirst().command();
    assertThat(world.imagine(line.substring("/imagine ".length())).request())
        .isEqualTo(job.request());
    assertThat(job(world.say("again", "" + job.id())).request()).isEqualTo(job.request());
    assertThat(world.say("imagine", " ").code()).contains(ReasonCode.PROMPT_EMPTY);
    assertThat(world.imagine("<lora:outline:0.5> a cat").request().loras()).hasSize(1);
  }

  @Test
  void settingsShowTellsEveryValueAndWhereItComesFrom() {
    mod("defaults set", "--steps 20 --max-steps 30 --models small,turbo-xl --prefix house");
    world.say("defaults me", "--count 2 --prefix mine");

    Reply reply = world.say("settings show", "");

    assertThat(reply.text())
        .contains(
            "steps: 20 (server guild)",
            "count: 2 (you)",
            "model: small (the model)",
            "size: 128x128 (the model)",
            "prefix: house (server guild); mine (you)",
            "max-steps: 30 (server guild)",
            "max-count: 4 (whoever runs the bot)",
            "models: small, turbo-xl (server guild)",
            "daily: –");
    assertThat(reply.cards()).hasSize(2);
    assertThat(reply.cards().getFirst().fields())
        .contains(new Card.Field("steps", "20 (server guild)"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          defaults set   | --steps 0              | FLAG_VALUE
          defaults set   | --max-steps 0          | FLAG_VALUE
          defaults set   | --max-pixels 99        | FLAG_VALUE
          defaults set   | --weight 0             | FLAG_VALUE
          defaults set   | --model nope           | MODEL_UNKNOWN
          defaults set   | --models small,nope    | MODEL_UNKNOWN
          defaults set   | --loras nope           | LORA_UNKNOWN
          defaults set   | --schedulers nope      | SCHEDULER_UNKNOWN
          defaults set   | --max-waiting 101      | LIMIT_ABOVE_OPERATOR
          defaults set   | --refill 0.5           | LIMIT_ABOVE_OPERATOR
          defaults set   | --weight 2             | SETTING_NOT_FOR_SCOPE
          defaults set   | ''                     | SETTINGS_NOTHING_NAMED
          defaults set   | steps 6                | SETTING_NAME_UNKNOWN
          defaults set   | --steps 6 --everywhere | NOT_PERMITTED
          defaults set   | --steps 6 --server discord:1 | NOT_PERMITTED
          defaults set   | --steps 6 --channel --role 7 | SCOPE_AMBIGUOUS
          defaults unset | ''                     | SETTINGS_NOTHING_NAMED
          defaults unset | stpes                  | SETTING_NAME_UNKNOWN
          defaults me    | --max-steps 5          | FLAG_UNKNOWN
          defaults me    | steps                  | SETTING_NAME_UNKNOWN
          changes undo   | 12                     | CHANGE_UNKNOWN
          changes undo   | x                      | CHANGE_ID_NEEDED
          preset save    | ''                     | PRESET_NAME_NEEDED
          preset save    | moody                  | PRESET_EMPTY
          preset save    | moody --model nope     | MODEL_UNKNOWN
          preset save    | moody --from 12        | JOB_UNKNOWN
          preset save    | moody --preset other   | FLAG_UNKNOWN
          preset show    | moody                  | PRESET_UNKNOWN
          preset show    | #12                    | PRESET_UNKNOWN
          preset delete  | moody                  | PRESET_UNKNOWN
          preset approve | moody                  | PRESET_UNKNOWN
          preset rename  | moody                  | PRESET_UNKNOWN
          imagine        | a cat --preset moody   | PRESET_UNKNOWN
          """)
  void whatCannotBeSetIsRefused(String verb, String text, ReasonCode code) {
    Reply reply = mod(verb, text);
    assertThat(reply.code()).contains(code);
    assertThat(world.say("changes", "").cards()).isEmpty();
  }

  @Test
  void whoeverRunsTheBotSetsOtherServersAndAllPlaces() {
    assertThat(operator(ELSEWHERE, "defaults set", "--steps 20").text())
        .startsWith("Changed for everywhere:");
    operator(ELSEWHERE, "defaults set", "--max-steps 25");
    operator(ELSEWHERE, "defaults set", "--count 2 --server discord:guild");
    assertThat(operator(ELSEWHERE, "defaults set", "--count 2 --server guild").code())
        .contains(ReasonCode.SERVER_ID_BAD);

    assertThat(world.imagine("a cat").request().steps()).isEqualTo(20);
    assertThat(world.imagine("a cat").request().count()).isEqualTo(2);
    // Nobody exceeds it, however narrow.
    assertThat(mod("defaults set", "--max-steps 26").code())
        .contains(ReasonCode.LIMIT_ABOVE_OPERATOR);
    assertThat(world.say("imagine", "a cat --steps 30").notices())
        .containsExactly(Phrase.of(ReasonCode.LIMITED_BY_OPERATOR, "steps", 30, 25, 25));
    assertThat(operator(ELSEWHERE, "changes", "").cards()).hasSize(3);
    assertThat(operator(SERVER, "changes", "").cards()).hasSize(1);
  }

  @Test
  void aMemberSetsNothingForOthers() {
    for (String verb : List.of("defaults set", "defaults unset", "defaults show")) {
      assertThat(world.say(verb, "--steps 6").code()).isNotEmpty();
    }
    assertThat(world.say("defaults set", "--steps 6").code()).contains(ReasonCode.NOT_PERMITTED);
    Reply alone = as(MOD, ELSEWHERE, Permission.MODERATOR, "defaults set", "--steps 6");
    assertThat(alone.code()).contains(ReasonCode.SCOPE_NEEDS_SERVER);
    // A channel of another server, named by its id, is one of the own server.
    mod("defaults set", "--steps 6 --channel 123");
    Place foreign = Place.of("discord", "123", Optional.of("other"));
    assertThat(job(world.say(ANNA, foreign, "imagine", "a cat")).request().steps()).isEqualTo(4);
  }

  @Test
  void everyChangeIsListedAndOneActionTakesItBack() {
    mod("defaults set", "--steps 20");
    mod("defaults set", "--steps 25");

    Reply list = mod("changes", "");
    assertThat(list.cards()).hasSize(2);
    assertThat(list.text())
        .contains("Changes for server guild:", "Mo – steps (server guild): 20 → 25");
    Button undo = list.cards().getFirst().buttons().getFirst();
    assertThat(press(MOD, SERVER, Permission.MODERATOR, undo).text())
        .contains("is undone.", "steps (server guild): 25 → 20");
    assertThat(world.imagine("a cat").request().steps()).isEqualTo(20);
    assertThat(press(MOD, SERVER, Permission.MODERATOR, undo).code())
        .contains(ReasonCode.CHANGE_UNDONE);
    // An undo is a change and can be undone.
    Button redo = mod("changes", "").cards().getFirst().buttons().getFirst();
    press(MOD, SERVER, Permission.MODERATOR, redo);
    assertThat(world.imagine("a cat").request().steps()).isEqualTo(25);
    assertThat(mod("changes", "count").cards()).isEmpty();
    assertThat(mod("changes", "STEPS").cards()).hasSize(4);
  }

  @Test
  void whatWasChangedAgainIsNotTakenBackByAccident() {
    long first = changeId(mod("defaults set", "--steps 20"));
    mod("defaults set", "--steps 25");

    Reply refused = mod("changes undo", "" + first);
    assertThat(refused.code()).contains(ReasonCode.CHANGE_OVERTAKEN);
    assertThat(refused.text()).contains("“25”", "--force");
    assertThat(mod("changes undo", first + " --force").code()).isEmpty();
    assertThat(world.imagine("a cat").request().steps()).isEqualTo(4);
  }

  @Test
  void changesOfOthersDoNotExist() {
    long ofServer = changeId(mod("defaults set", "--steps 20"));
    long ofAnna = changeId(world.say("defaults me", "--steps 5"));

    assertThat(world.say("changes undo", "" + ofServer).code()).contains(ReasonCode.CHANGE_UNKNOWN);
    assertThat(as(MOD, OTHER_SERVER, Permission.MODERATOR, "changes undo", "" + ofServer).code())
        .contains(ReasonCode.CHANGE_UNKNOWN);
    assertThat(mod("changes undo", "" + ofAnna).code()).contains(ReasonCode.CHANGE_UNKNOWN);
    assertThat(as(MOD, OTHER_SERVER, Permission.MODERATOR, "changes", "").cards()).isEmpty();
    assertThat(world.say("changes", "").cards()).hasSize(1);
    assertThat(world.say("changes undo", "" + ofAnna).code()).isEmpty();
  }

  @Test
  void changesArePagedBackToTheFirst() {
    for (int steps = 1; steps <= 23; steps++) {
      world.say("defaults me", "--steps " + steps);
    }
    Reply first = world.say("changes", "");
    Reply second = press(ANNA, SERVER, Permission.EVERYBODY, first.buttons().getFirst());
    Reply third = press(ANNA, SERVER, Permission.EVERYBODY, second.buttons().getFirst());
    assertThat(first.cards()).hasSize(10);
    assertThat(third.cards()).hasSize(3);
    assertThat(third.buttons()).isEmpty();
  }

  @Test
  void ownDefaultsAreSetShownAndTakenBack() {
    world.say("defaults me", "--steps 6 --size 3:2 --model TURBO-XL");
    assertThat(world.say("defaults me", "").text())
        .isEqualTo("Set for you:\nmodel: turbo-xl\nsteps: 6\nsize: 3:2");
    assertThat(world.say("defaults me", "--unset model, size --steps 7").code()).isEmpty();
    assertThat(world.say("defaults me", "").text()).isEqualTo("Set for you:\nsteps: 7");
    assertThat(world.say("defaults me", "--steps 7").text())
        .isEqualTo("Nothing changed for you: that is how it was.");
    assertThat(job(world.say(ANNA, ELSEWHERE, "imagine", "a cat")).request().steps()).isEqualTo(7);
    assertThat(job(world.say(BEN, ELSEWHERE, "imagine", "a cat")).request().steps()).isEqualTo(4);
  }

  @Test
  void aPresetKeepsOnlyWhatWasSaid() {
    world.say("preset save", "Moody --guidance 4 --no text --lora outline:0.5 {prompt}, at dusk");
    mod("defaults set", "--steps 25");

    GenerationRequest request = world.imagine("a cat --style moody --no dog").request();

    assertThat(request.prompt()).isEqualTo("a cat, at dusk");
    assertThat(request.guidanceScale()).isEqualTo(4);
    assertThat(request.steps()).isEqualTo(25);
    assertThat(request.negativePrompt()).isEqualTo("text, dog");
    assertThat(request.loras()).extracting(lora -> lora.name()).containsExactly("outline");
    assertThat(world.imagine("a cat --preset moody --guidance 3").request().guidanceScale())
        .isEqualTo(3);
    assertThat(world.say("preset show", "MOODY").text())
        .isEqualTo("Moody (you): guidance 4, no text, text {prompt}, at dusk, lora outline:0.5");
  }

  @Test
  void presetsAreAppliedInOrder() {
    world.say("preset save", "oil --steps 5 --spoiler an oil painting of {prompt}");
    world.say("preset save", "dusk --steps 6 at dusk");

    Job both = world.imagine("a cat --preset oil --preset dusk");
    assertThat(both.request().prompt()).isEqualTo("an oil painting of a cat, at dusk");
    assertThat(both.request().steps()).isEqualTo(6);
    assertThat(both.spoiler()).isTrue();
    assertThat(world.imagine("a cat --preset dusk,oil").request().prompt())
        .isEqualTo("an oil painting of a cat, at dusk");
    assertThat(world.imagine("--preset dusk").request().prompt()).isEqualTo("at dusk");
    assertThat(world.say("imagine", "a cat" + " --preset dusk".repeat(9)).code())
        .contains(ReasonCode.PRESETS_TOO_MANY_AT_ONCE);
  }

  @Test
  void aPresetThatDoublesThePromptHasAnEnd() {
    world.say("preset save", "twice {prompt} {prompt} {prompt} {prompt}");
    assertThat(world.say("imagine", "a long prompt" + " --preset twice".repeat(8)).code())
        .contains(ReasonCode.PROMPT_TOO_LONG);
  }

  @Test
  void aPresetFromAPictureHasItsSettingsButNotItsWordsAndSeed() {
    Job job = world.imagine("a cat --steps 20 --seed 7 --size 192x128 --no text");
    world.say("preset save", "same --from " + job.id() + " --steps 22");

    GenerationRequest request = world.imagine("a dog --preset same --model small").request();
    assertThat(request.prompt()).isEqualTo("a dog");
    assertThat(request.steps()).isEqualTo(22);
    assertThat(request.size()).hasToString("192x128");
    assertThat(request.negativePrompt()).isEqualTo("text");
    assertThat(request.seed().value()).isNotEqualTo(7);
  }

  @Test
  void aSharedPresetWaitsForAModeratorAndOnesOwnWins() {
    world.say("preset save", "moody --steps 5 at dusk");
    assertThat(world.say("preset share", "moody").text()).contains("offered to the server");
    assertThat(world.say(BEN, SERVER, "imagine", "a cat --preset moody").code())
        .contains(ReasonCode.PRESET_UNKNOWN);
    assertThat(world.say(BEN, SERVER, "preset list", "").cards()).isEmpty();
    assertThat(world.say(BEN, SERVER, "preset approve", "moody").code())
        .contains(ReasonCode.NOT_PERMITTED);

    Card offered = mod("preset list", "").cards().getFirst();
    assertThat(offered.fields().getFirst().value()).contains("waits for a moderator");
    Button approve = offered.buttons().getFirst();
    assertThat(approve.action().verb()).isEqualTo("preset approve");
    press(MOD, SERVER, Permission.MODERATOR, approve);

    assertThat(job(world.say(BEN, SERVER, "imagine", "a cat --preset moody")).request().steps())
        .isEqualTo(5);
    assertThat(world.say(BEN, OTHER_SERVER, "imagine", "a cat --preset moody").code())
        .contains(ReasonCode.PRESET_UNKNOWN);
    world.say(BEN, SERVER, "preset save", "Moody --steps 7");
    assertThat(job(world.say(BEN, SERVER, "imagine", "a cat --preset moody")).request().steps())
        .isEqualTo(7);
    assertThat(world.say(BEN, SERVER, "preset show", "moody --shared").text())
        .isEqualTo("moody (server guild): steps 5, text at dusk");
    // What was let in does not change with what its author does later.
    world.say("preset save", "moody --steps 8 --replace");
    assertThat(world.say(BEN, SERVER, "preset show", "moody --shared").text()).contains("steps 5");
    assertThat(world.say(BEN, SERVER, "preset delete", "moody --shared").code())
        .contains(ReasonCode.NOT_PERMITTED);
    assertThat(mod("preset delete", "moody").code()).isEmpty();
    // Curation is in the log, and can be taken back.
    assertThat(mod("changes", "preset").cards()).hasSize(3);
    press(
        MOD,
        SERVER,
        Permission.MODERATOR,
        mod("changes", "preset").cards().getFirst().buttons().getFirst());
    assertThat(world.say(BEN, SERVER, "preset show", "moody --shared").code()).isEmpty();
  }

  @Test
  void whatAPresetHasAndThePlaceDoesNotAllowIsLeftOut() {
    world.say("preset save", "mine --model small --lora fast:v2:0.5 --lora outline --steps 3");
    mod("defaults set", "--models turbo-xl --loras outline");

    Reply reply = world.say("imagine", "a cat --preset mine");

    assertThat(job(reply).request().model()).isEqualTo("turbo-xl");
    assertThat(job(reply).request().steps()).isEqualTo(3);
    assertThat(job(reply).request().loras()).hasSize(1);
    assertThat(reply.notices())
        .containsExactly(
            Phrase.of(ReasonCode.PRESET_PART_LEFT_OUT, "model", "small", "mine"),
            Phrase.of(ReasonCode.PRESET_PART_LEFT_OUT, "lora", "fast:v2", "mine"));
  }

  @Test
  void nobodyFillsAServerWithOffers() {
    for (int i = 0; i < 6; i++) {
      world.say("preset save", "p" + i + " --steps 5");
      assertThat(world.say("preset share", "p" + i).code().isPresent()).isEqualTo(i == 5);
    }
    assertThat(mod("preset save", "m --steps 5").code()).isEmpty();
    assertThat(mod("preset share", "m").code()).isEmpty();
  }

  @Test
  void aDraftIsAskedForOrUsual() {
    Job draft = world.imagine("a cat --q");
    assertThat(draft.request().draft()).isTrue();
    assertThat(job(world.say("vary", "" + draft.id())).request().draft()).isTrue();
    assertThat(world.say("show", "" + draft.id()).text()).contains("--draft", "Draft: quicker");
    assertThat(world.imagine("a cat").request().draft()).isFalse();
    mod("defaults set", "--draft on");
    assertThat(world.imagine("a cat").request().draft()).isTrue();
  }

  @Test
  void whatWasCoveredStaysCoveredWhenItIsDrawnAgain() {
    Job covered = world.imagine("a cat --spoiler");
    assertThat(job(world.say("again", "" + covered.id())).spoiler()).isTrue();
    assertThat(job(world.say("vary", "" + covered.id())).spoiler()).isTrue();
    Job open = world.imagine("a cat");
    assertThat(job(world.say("again", "" + open.id())).spoiler()).isFalse();
    mod("defaults set", "--spoiler on");
    assertThat(job(world.say("again", "" + open.id())).spoiler()).isTrue();
  }

  @Test
  void namesOfPresetsAreUniqueHoweverTheyAreWritten() {
    world.say("preset save", "Größe --steps 5");
    assertThat(world.say("preset save", "grÖße --steps 6").code())
        .contains(ReasonCode.PRESET_NAME_TAKEN);
    assertThat(world.say("preset save", "ｇｒöße --steps 6").code())
        .contains(ReasonCode.PRESET_NAME_TAKEN);
    world.say("preset save", "other --steps 6");
    assertThat(world.say("preset rename", "other größe").code())
        .contains(ReasonCode.PRESET_NAME_TAKEN);
    assertThat(world.say("preset rename", "größe GRÖSSE-2").text())
        .startsWith("The preset Größe is called GRÖSSE-2 now.");
    assertThat(world.say("imagine", "a cat --preset größe").code())
        .contains(ReasonCode.PRESET_UNKNOWN);
    assertThat(world.imagine("a cat --preset größe-2").request().steps()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-x",
        "a/b",
        "a:b",
        "../../etc",
        "a'; DROP TABLE preset",
        "{prompt}",
        "a\u202Eb",
        "💥",
        "a%b",
        "__",
        "<script>",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      })
  void badNamesOfPresetsAreRefused(String name) {
    assertThat(world.say("preset save", "\"" + name + "\" --steps 5").code()).isNotEmpty();
    assertThat(world.say("preset save", name.replace(" ", "") + " --steps 5").code()).isNotEmpty();
    assertThat(world.say("preset list", "").cards()).isEmpty();
  }

  @Test
  void hugeValuesAreRefusedWithWhatIsAccepted() {
    assertThat(mod("defaults set", "--prefix " + "x".repeat(1001)).text())
        .isEqualTo("The text of --prefix has 1001 characters; at most 1000 are accepted.");
    assertThat(world.say("preset save", "moody " + "x".repeat(1001)).code())
        .contains(ReasonCode.PROMPT_TOO_LONG);
    assertThat(mod("defaults set", "--max-steps 99999999999999999999").code())
        .contains(ReasonCode.FLAG_VALUE);
  }

  @Test
  void everybodyHasThePresetsOfTheCatalogue() throws IOException {
    Path yaml =
        Files.writeString(
            data.resolve("models.yaml"),
            """
            presets:
              quick: {title: Quick and rough, model: tiny, steps: 2, size: 96x160, negative: blurry}
              later: {model: hyper-sdxl}
            """);
    ModelCatalogue installed = ModelCatalogue.load(data, Optional.of(yaml), "tiny");
    try (CommandWorld own =
        new CommandWorld(
            data.resolve("own"), OperatorSettings.standard(), Choices.of(() -> installed))) {
      assertThat(own.say("preset list", "").text())
          .isEqualTo(
              "quick (comes with the bot): Quick and rough: model tiny, steps 2, size 96x160,"
                  + " no blurry");
      assertThat(own.say("preset show", "QUICK").cards())
          .allMatch(card -> card.buttons().isEmpty());
      assertThat(own.imagine("a cat --preset quick").request().size())
          .isEqualTo(new ImageSize(96, 160));
      Caller boss = caller(MOD, SERVER, Permission.OPERATOR);
      for (String verb : List.of("delete", "share", "rename")) {
        assertThat(own.say(boss, "preset " + verb, "quick").code())
            .contains(ReasonCode.PRESET_OF_CATALOGUE);
      }
      assertThat(own.say(boss, "preset delete", "#0").code()).contains(ReasonCode.PRESET_UNKNOWN);

      own.say("preset save", "quick --steps 3");
      assertThat(own.imagine("a cat --preset quick").request().steps()).isEqualTo(3);
      assertThat(own.say("preset delete", "quick").code()).isEmpty();
      assertThat(own.imagine("a cat --preset quick").request().steps()).isEqualTo(2);
    }
  }

  @Test
  void theLargestAndTheSmallestValuesAreKept() {
    world.say("preset save", "last --seed 9223372036854775807 --eta 0.00000000000000000000000001");
    assertThat(world.imagine("a cat --preset last").request().seed().value())
        .isEqualTo(Long.MAX_VALUE);
    assertThat(mod("defaults set", "--daily 4095").code()).contains(ReasonCode.FLAG_VALUE);
    assertThat(mod("defaults set", "--refill 86400 --burst 1 --max-waiting 1").code()).isEmpty();
    assertThat(mod("defaults set", "--weight 0.1 --priority 1000 --role 7").code()).isEmpty();
    Caller withRole =
        new Caller(
            ANNA, OTHER_CHANNEL, new Standing(Set.of("7"), Permission.EVERYBODY), Locale.ENGLISH);
    world.say("cancel", "");
    assertThat(world.say(withRole, "settings show", "").text())
        .contains("weight: 0.1 (role 7)", "refill: 86400 (server guild)");
    assertThat(world.say("preset save", "").text()).contains("/preset save moody");
  }

  @Test
  void aSpoilerIsAskedForByAFlag() {
    assertThat(world.imagine("a cat --spoiler").spoiler()).isTrue();
    assertThat(world.imagine("a cat").spoiler()).isFalse();
    world.say("defaults me", "--spoiler on");
    assertThat(world.imagine("a cat").spoiler()).isTrue();
    assertThat(world.imagine("a cat --spoiler=off").spoiler()).isFalse();
  }

  private Reply mod(String verb, String text) {
    return as(MOD, SERVER, Permission.MODERATOR, verb, text);
  }

  private Reply operator(Place place, String verb, String text) {
    return as(MOD, place, Permission.OPERATOR, verb, text);
  }

  private Reply as(Person person, Place place, Permission permission, String verb, String text) {
    return world.say(caller(person, place, permission), verb, text);
  }

  private Reply press(Person person, Place place, Permission permission, Button button) {
    return world.commands.press(caller(person, place, permission), button.action());
  }

  private static Caller caller(Person person, Place place, Permission permission) {
    return new Caller(person, place, new Standing(Set.of(), permission), Locale.ENGLISH);
  }

  private static long changeId(Reply reply) {
    return reply.cards().getFirst().buttons().getFirst().action().id();
  }

  private static Job job(Reply reply) {
    if (reply.jobs().isEmpty()) {
      throw new AssertionError(reply.text());
    }
    return reply.jobs().getFirst().job();
  }
}

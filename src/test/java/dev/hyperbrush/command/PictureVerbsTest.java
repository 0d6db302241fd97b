package dev.hyperbrush.command;

import static dev.hyperbrush.command.CommandWorld.ANNA;
import static dev.hyperbrush.command.CommandWorld.BEN;
import static dev.hyperbrush.command.CommandWorld.ELSEWHERE;
import static dev.hyperbrush.command.CommandWorld.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.chat.ActionId;
import dev.hyperbrush.chat.Attachment;
import dev.hyperbrush.chat.Button;
import dev.hyperbrush.chat.Caller;
import dev.hyperbrush.chat.JobView;
import dev.hyperbrush.chat.Person;
import dev.hyperbrush.chat.Place;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Standing;
import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.policy.Permission;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.PictureRef;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is done with a picture that was posted: remix, the original file, a report, its settings.
 */
final class PictureVerbsTest {
  private static final Person STRANGER = new Person("discord", "666", "Mallory");

  private CommandWorld world;

  @BeforeEach
  void open(@TempDir Path data) {
    world = new CommandWorld(data);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aRemixKeepsWhatIsNotSaid() {
    Job cat = world.imagine("a cat --seed 77 --size 64x128 --no dogs --guidance 5");

    Job dog = remix(cat.id() + " a dog --size 128x64");

    GenerationRequest was = cat.request();
    assertThat(dog.request())
        .isEqualTo(
            new GenerationRequest(
                was.model(),
                "a dog",
                was.negativePrompt(),
                new ImageSize(128, 64),
                was.steps(),
                was.guidanceScale(),
                was.scheduler(),
                was.eta(),
                was.seed(),
                was.count(),
                was.loras(),
                was.clipSkip()));
    assertThat(dog.parent()).contains(new PictureRef(cat.id(), 0));
    assertThat(remix("#" + cat.id()).request()).isEqualTo(was);
    assertThat(remix(cat.id() + " --no -").request().negativePrompt()).isEmpty();
    assertThat(remix(cat.id() + " --seed -1").request().seed()).isNotEqualTo(was.seed());
    assertThat(remix(cat.id() + " 2 cats").request().prompt()).isEqualTo("2 cats");
  }

  @Test
  void aRemixOfOnePictureOfSeveralIsOfThatOne() {
    Job cats = world.imagine("a cat --count 4 --seed 10");

    Job third = remix(cats.id() + ".3 a dog");

    assertThat(third.request().seed().value()).isEqualTo(12);
    assertThat(third.request().count()).isEqualTo(1);
    assertThat(third.parent()).contains(new PictureRef(cats.id(), 2));
    assertThat(world.say("remix", cats.id() + ".5 a dog").code())
        .contains(ReasonCode.PICTURE_NUMBER);
    assertThat(world.say("remix", "a dog").code()).contains(ReasonCode.JOB_ID_NEEDED);
    assertThat(world.say("remix", "").code()).contains(ReasonCode.JOB_ID_NEEDED);
  }

  @Test
  void otherWordsAreUnderTheRulesOfThePlaceAsEveryPromptIs() {
    Caller moderator = as(ANNA, Permission.MODERATOR);
    assertThat(world.say(moderator, "defaults set", "--prefix calm,").code()).isEmpty();
    Job cat = world.imagine("a cat");
    assertThat(cat.request().prompt()).isEqualTo("calm, a cat");

    assertThat(remix(cat.id() + " a dog").request().prompt()).isEqualTo("calm, a dog");
    assertThat(remix(cat.id() + " calm, a dog").request().prompt()).isEqualTo("calm, a dog");
    assertThat(remix("" + cat.id()).request().prompt()).isEqualTo("calm, a cat");
  }

  /** As an adapter with forms does it. */
  @Test
  void whatAFormShowsMeansTheSameWhenItComesBack() {
    Job cat = world.imagine("a \"big\" cat --seed 77 --no dogs --guidance 5");
    JobForm form = world.commands.form(cat, 0);
    assertThat(form.negative()).isEqualTo("dogs");

    String line = cat.id() + " " + form.prompt() + " " + form.settings();
    assertThat(remix(line).request()).isEqualTo(cat.request());
    assertThat(remix(line + " --size 64x64").request().size()).isEqualTo(new ImageSize(64, 64));
    assertThat(remix(cat.id() + " \"--no cat --really\"").request().prompt())
        .isEqualTo("--no cat --really");
    Reply both = world.say("remix", cat.id() + " a dog --prompt a bird");
    assertThat(both.code()).contains(ReasonCode.REMIX_WORDS);
    assertThat(remix(cat.id() + " --prompt a bird").request().prompt()).isEqualTo("a bird");
  }

  @Test
  void theOriginalIsTheFileThatWasStored() throws IOException {
    Job one = world.imagine("a cat --size 64x64");
    Job several = world.imagine("a cat --count 3 --size 64x64");
    assertThat(world.say("original", "" + one.id()).code()).contains(ReasonCode.PICTURE_NOT_DONE);
    world.draw();

    Attachment file = world.say(BEN, SERVER, "original", "" + one.id()).attachment().orElseThrow();
    assertThat(file.name()).isEqualTo("hyperbrush-" + one.id() + "-1.png");
    assertThat(file.mediaType()).isEqualTo("image/png");
    assertThat(bytes(file)).hasSize(64 * 64 * 3);
    assertThat(file.size()).isEqualTo(64 * 64 * 3);
    Attachment second = world.say("original", several.id() + ".2").attachment().orElseThrow();
    assertThat(second.name()).isEqualTo("hyperbrush-" + several.id() + "-2.png");
    assertThat(world.say("original", several.id() + ".4").code())
        .contains(ReasonCode.PICTURE_NUMBER);

    Attachment all = world.say("original", "" + several.id()).attachment().orElseThrow();
    assertThat(entries(all))
        .containsExactly(
            "hyperbrush-" + several.id() + "-1.png",
            "hyperbrush-" + several.id() + "-2.png",
            "hyperbrush-" + several.id() + "-3.png");
    assertThat(world.say(STRANGER, ELSEWHERE, "original", "" + one.id()).code())
        .contains(ReasonCode.JOB_UNKNOWN);
  }

  @Test
  void aReportComesToTheModeratorsOnceAndIsSettledByThem() {
    Job cat = world.imagine("a cat");
    Job dog = world.imagine("a dog");
    assertThat(world.say(BEN, SERVER, "report", "" + cat.id()).code())
        .contains(ReasonCode.PICTURE_NOT_DONE);
    world.draw();
    assertThat(world.say(BEN, SERVER, "report", cat.id() + " too sharp claws").code()).isEmpty();
    assertThat(world.say(BEN, SERVER, "report", "" + cat.id()).code())
        .contains(ReasonCode.REPORT_ALREADY);
    Person third = new Person("discord", "3", "Cleo");
    assertThat(world.say(third, SERVER, "report", cat.id() + ".1 --reason no").code()).isEmpty();
    assertThat(world.say(BEN, SERVER, "report", dog.id() + " dull").code()).isEmpty();
    assertThat(world.say(BEN, SERVER, "report", dog.id() + " " + "x".repeat(501)).code())
        .contains(ReasonCode.REASON_TOO_LONG);

    Caller moderator = as(third, Permission.MODERATOR);
    Reply review = world.say(moderator, "review", "");
    assertThat(review.text())
        .isEqualTo(
            "Reported by people:\n#1 a cat (people: 2: too sharp claws; no)\n#2 a dog (people: 1:"
                + " dull)");
    assertThat(review.cards().getFirst().buttons())
        .extracting(button -> button.action().encode())
        .containsExactly("show:1:0", "delete:1:0", "review.dismiss:1:0");
    assertThat(world.say(moderator, "audit", "").text()).contains("Ben", "reported #1");

    assertThat(press(moderator, "review.dismiss:1:0").code()).isEmpty();
    assertThat(press(moderator, "review.dismiss:1:0").code()).contains(ReasonCode.REPORT_UNKNOWN);
    assertThat(press(moderator, "delete:2:0").code()).isEmpty();
    assertThat(world.say(moderator, "review", "").text())
        .isEqualTo("Nothing waits for a decision.");
    assertThat(world.say(BEN, SERVER, "report", "" + cat.id()).code())
        .as("a second time, after it was settled")
        .contains(ReasonCode.REPORT_ALREADY);
  }

  @Test
  void reportsAreNobodyElsesAndPrivatePicturesHaveNoModerators() {
    Job cat = world.imagine("a cat");
    Job mine = job(world.say(ANNA, ELSEWHERE, "imagine", "a dog"));
    world.draw();
    world.say(BEN, SERVER, "report", "" + cat.id());

    assertThat(world.say(ANNA, ELSEWHERE, "report", "" + mine.id()).code())
        .contains(ReasonCode.REPORT_PRIVATE);
    assertThat(world.say(STRANGER, ELSEWHERE, "report", "" + cat.id()).code())
        .contains(ReasonCode.JOB_UNKNOWN);
    assertThat(world.say(BEN, SERVER, "review dismiss", "" + cat.id()).code())
        .contains(ReasonCode.NOT_PERMITTED);
    Caller elsewhere =
        new Caller(
            STRANGER,
            Place.of("discord", "x", Optional.of("other")),
            new Standing(Set.of(), Permission.MODERATOR),
            Locale.ENGLISH);
    assertThat(world.say(elsewhere, "review", "").cards()).isEmpty();
    assertThat(world.say(elsewhere, "review dismiss", "" + cat.id()).code())
        .contains(ReasonCode.REPORT_UNKNOWN);
  }

  @Test
  void theSettingsOfAPictureAreThoseThatShowTells() {
    Job cat = world.imagine("a cat --steps 6");

    assertThat(world.say("settings", "" + cat.id()).text())
        .isEqualTo(world.say("show", "" + cat.id()).text());
    assertThat(world.say("settings", "").text()).isEqualTo(world.say("settings show", "").text());
    assertThat(world.say("settings", "show").text())
        .isEqualTo(world.say("settings show", "").text());
    assertThat(world.say("settings", "cat").code()).contains(ReasonCode.JOB_ID_NEEDED);
  }

  @Test
  void aPostedResultHasItsButtonsInOrder() {
    Job one = world.imagine("a cat");
    Job four = world.imagine("a cat --count 4");
    JobView waiting = world.commands.result(one, Locale.ENGLISH);
    assertThat(codes(waiting)).containsExactly("again:1:0", "remix:1:0", "settings:1:0");
    world.draw();

    JobView single =
        world.commands.result(world.queue.find(one.id()).orElseThrow(), Locale.ENGLISH);
    assertThat(codes(single))
        .containsExactly(
            "vary:1:0",
            "again:1:0",
            "remix:1:0",
            "favourite:1:0",
            "settings:1:0",
            "original:1:0",
            "delete:1:0");
    JobView result =
        world.commands.result(world.queue.find(four.id()).orElseThrow(), Locale.ENGLISH);
    assertThat(result.buttons())
        .extracting(Button::label)
        .containsExactly(
            "V1",
            "V2",
            "V3",
            "V4",
            "Again",
            "Remix",
            "Favourite",
            "Settings",
            "Original 1",
            "Original 2",
            "Original 3",
            "Original 4",
            "Delete");
    for (String code : codes(result)) {
      Reply reply = press(as(ANNA, Permission.EVERYBODY), code);
      assertThat(reply.code()).as(code).isEmpty();
    }
    assertThat(press(as(BEN, Permission.EVERYBODY), "delete:1:0").code())
        .contains(ReasonCode.JOB_NOT_YOURS);
  }

  private static List<String> codes(JobView view) {
    return view.buttons().stream().map(button -> button.action().encode()).toList();
  }

  private Job remix(String text) {
    return job(world.say("remix", text));
  }

  private static Job job(Reply reply) {
    assertThat(reply.jobs()).as(reply.text()).hasSize(1);
    return reply.jobs().getFirst().job();
  }

  private Reply press(Caller caller, String code) {
    return world.commands.press(caller, ActionId.parse(code).orElseThrow());
  }

  private static Caller as(Person person, Permission permission) {
    return new Caller(person, SERVER, new Standing(Set.of(), permission), Locale.ENGLISH);
  }

  private static byte[] bytes(Attachment file) throws IOException {
    try (InputStream content = file.content().open()) {
      return content.readAllBytes();
    }
  }

  private static List<String> entries(Attachment file) throws IOException {
    List<String> names = new ArrayList<>();
    try (ZipInputStream zip = new ZipInputStream(file.content().open())) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        names.add(entry.getName());
      }
    }
    return names;
  }
}

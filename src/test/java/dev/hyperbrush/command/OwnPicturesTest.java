package dev.hyperbrush.command;

import static dev.hyperbrush.command.CommandWorld.ANNA;
import static dev.hyperbrush.command.CommandWorld.BEN;
import static dev.hyperbrush.command.CommandWorld.ELSEWHERE;
import static dev.hyperbrush.command.CommandWorld.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.chat.Button;
import dev.hyperbrush.chat.Caller;
import dev.hyperbrush.chat.Card;
import dev.hyperbrush.chat.Place;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Standing;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.policy.Permission;
import dev.hyperbrush.store.AuditAction;
import dev.hyperbrush.store.AuditDao;
import dev.hyperbrush.store.AuditEntry;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobState;
import dev.hyperbrush.store.Picture;
import dev.hyperbrush.store.PictureRef;
import dev.hyperbrush.store.Realm;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** History, lineage, favourites and deletion, as people use them. */
final class OwnPicturesTest {
  private static final Standing MODERATOR = new Standing(Set.of(), Permission.MODERATOR);

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
  void theButtonsOfASearchGoOnWithItInAnotherProcess() {
    for (int i = 1; i <= 23; i++) {
      world.imagine("\"a --cat\" no. " + i);
      world.imagine("a dog");
    }
    Reply first = world.say("history", "\"a --cat\" --since 7d --state queued --model SMALL");
    world.close();
    world = new CommandWorld(data);

    Reply second = press(first, "Older");
    Reply third = press(second, "Older");
    assertThat(prompts(third)).hasSize(3).allMatch(prompt -> prompt.contains("--cat"));
    assertThat(third.buttons()).extracting(Button::label).containsExactly("Newer");
    assertThat(prompts(press(third, "Newer"))).isEqualTo(prompts(second));
    assertThat(prompts(press(press(third, "Newer"), "Newer"))).isEqualTo(prompts(first));

    String code = first.buttons().getLast().action().encode();
    assertThat(world.press(BEN, SERVER, code).code()).contains(ReasonCode.HISTORY_PAGE_UNKNOWN);
  }

  @Test
  void theTypedWayToOlderOnesIsTheSameSearch() {
    for (int i = 0; i < 12; i++) {
      world.imagine("\"it's — 5\\\" wide\"");
    }
    Reply first = world.say("history", "\"it's — 5\\\"\" --until 0d --favourites off");
    assertThat(first.jobs()).isEmpty();
    first = world.say("history", "\"it's — 5\\\"\"");
    String older = first.text().substring(first.text().lastIndexOf("/history ") + 9);
    assertThat(world.say("history", older).jobs()).hasSize(2);
  }

  @Test
  void wrongConditionsAreRefusedWithWhatIsPossible() {
    assertThat(world.say("history", "--since someday").text())
        .isEqualTo("--since “someday” is not possible. Accepted: 2026-03-01, 12h, 7d, 2w, 3m, 1y");
    assertThat(world.say("history", "--state nearly").text()).contains("queued", "done");
    assertThat(world.say("history", "--page 77").code()).contains(ReasonCode.HISTORY_PAGE_UNKNOWN);
    assertThat(world.press(ANNA, SERVER, "history:1:9").code()).contains(ReasonCode.BUTTON_UNKNOWN);
  }

  @Test
  void showTellsWhereAPictureComesFromAndWhatBecameOfIt() {
    Job first = world.imagine("a cat --count 2 --seed 7 --steps 4");
    Job second = vary(first.id() + " 2");
    Job third = vary("#" + second.id());
    Job fourth = vary(third.id() + ".1");

    Reply reply = world.say("show", "" + third.id());

    assertThat(second.parent()).contains(new PictureRef(first.id(), 1));
    String seeds = "seed 7 → " + second.request().seed().value();
    assertThat(reply.text())
        .contains("A variation of #" + second.id() + " a cat: seed ")
        .contains("Which is a variation of #" + first.id() + ".2 a cat: " + seeds)
        .contains("Its variation #" + fourth.id() + " a cat: seed ")
        .endsWith(reply.jobs().getFirst().command());
    assertThat(reply.cards())
        .extracting(Card::title)
        .containsExactly(
            "#" + second.id() + " a cat",
            "#" + first.id() + ".2 a cat",
            "#" + fourth.id() + " a cat");
    Reply again =
        world.press(ANNA, SERVER, reply.cards().get(1).buttons().getLast().action().encode());
    Job replayed = again.jobs().getFirst().job();
    assertThat(replayed.request()).isEqualTo(first.request());
    assertThat(replayed.parent()).as("the same is no variation").isEmpty();
  }

  @Test
  void aDeletedParentIsSaidToBeDeletedAndAHiddenOneIsNotNamed() {
    Job parent = world.imagine("a secret cat");
    Job child = world.say(BEN, SERVER, "vary", "" + parent.id()).jobs().getFirst().job();

    assertThat(world.say(BEN, ELSEWHERE, "show", "" + child.id()).text())
        .contains("A variation of a picture that is not to be seen here.")
        .doesNotContain("#" + parent.id());
    world.say("delete", "" + parent.id());
    assertThat(world.say(BEN, SERVER, "show", "" + child.id()).text())
        .contains("A variation of " + parent.id() + ", which was deleted on 20");
    assertThat(world.say(BEN, ELSEWHERE, "show", "" + child.id()).text())
        .contains("not to be seen here");
  }

  @Test
  void onePictureOfSeveralIsNamedByItsNumber() {
    Job job = world.imagine("a cat --count 3 --seed 7");
    world.draw();

    Reply shown = world.say("show", job.id() + ".3");
    assertThat(shown.text()).contains("Picture 3 of 3 has seed 9.");
    assertThat(shown.buttons())
        .extracting(button -> button.action().encode())
        .containsExactly(
            "again:" + job.id() + ":3", "vary:" + job.id() + ":3", "favourite:" + job.id() + ":3");
    Job again = press(shown, "Again").jobs().getFirst().job();
    assertThat(again.request().seed().value()).isEqualTo(9);
    assertThat(again.request().count()).isEqualTo(1);
    assertThat(world.say("show", job.id() + " 4").text())
        .isEqualTo("There is no picture " + job.id() + ".4: that request has pictures 1 to 3.");
    assertThat(world.say("show", job.id() + ".0").code()).contains(ReasonCode.PICTURE_NUMBER);
    assertThat(world.say("delete", job.id() + " 3").code()).contains(ReasonCode.JOB_ID_NEEDED);
  }

  @Test
  void favouritesAreMarkedFoundAndUnmarked() {
    Job job = world.imagine("a cat --count 2");
    assertThat(world.say("favourite", "" + job.id()).code())
        .contains(ReasonCode.JOB_WITHOUT_PICTURE);
    world.draw();

    Reply marked = world.say("favourite", job.id() + " 2");
    assertThat(marked.text()).isEqualTo("Picture " + job.id() + ".2 is a favourite now.");
    assertThat(marked.jobs().getFirst().pictures())
        .extracting(Picture::favourite)
        .containsExactly(false, true);
    world.imagine("newer");
    assertThat(world.say("favourites", "").text()).contains("#" + job.id() + " ★ a cat");
    assertThat(world.say("history", "--favourites").jobs()).hasSize(1);
    assertThat(world.say("favourites", "dog").jobs()).isEmpty();

    assertThat(world.say("favourite", job.id() + ".2").text()).contains("no favourite any more");
    assertThat(world.say("favourites", "").jobs()).isEmpty();
    assertThat(world.say(BEN, SERVER, "favourite", "" + job.id()).code())
        .contains(ReasonCode.JOB_NOT_YOURS);
  }

  @Test
  void aModeratorDeletesOnlyOnTheirOwnServer() {
    Job job = world.imagine("a cat");
    Place otherServer = Place.of("discord", "art", Optional.of("other"));
    Place telegram = Place.of("telegram", "art", Optional.of("guild"));
    Place dm = Place.of("discord", "dm", Optional.empty());
    for (Place place : List.of(otherServer, telegram, dm)) {
      Caller moderator = new Caller(BEN, place, MODERATOR, Locale.ENGLISH);
      assertThat(world.say(moderator, "delete", "" + job.id()).code()).isPresent();
    }
    Job inDm = world.say(ANNA, dm, "imagine", "a dog").jobs().getFirst().job();
    assertThat(
            world
                .say(new Caller(BEN, dm, MODERATOR, Locale.ENGLISH), "delete", "" + inDm.id())
                .code())
        .as("a channel without a server has no moderators")
        .contains(ReasonCode.JOB_NOT_YOURS);

    Place sameServer = Place.of("discord", "chat", Optional.of("guild"));
    Caller moderator = new Caller(BEN, sameServer, MODERATOR, Locale.ENGLISH);
    assertThat(world.say(moderator, "show", "" + job.id()).jobs().getFirst().buttons())
        .extracting(button -> button.action().verb())
        .containsExactly("cancel");
    assertThat(world.say(moderator, "delete", "" + job.id()).code()).isEmpty();
    assertThat(world.queue.find(job.id())).isEmpty();
    AuditEntry entry =
        new AuditDao(world.database, InstantSource.system())
            .newest(new Realm("discord", "guild"), Long.MAX_VALUE, 9)
            .getFirst()
            .entry();
    assertThat(entry.action()).isEqualTo(AuditAction.DELETE);
    assertThat(entry.actorName()).isEqualTo("Ben");
    assertThat(entry.person()).contains(job.personId());
    assertThat(entry.subject()).isEqualTo("#" + job.id());
  }

  @Test
  void aModeratorCancelsOnlyOnTheirOwnServer() {
    Job job = world.imagine("a cat");
    Place otherServer = Place.of("discord", "chess", Optional.of("other"));
    Caller elsewhere = new Caller(BEN, otherServer, MODERATOR, Locale.ENGLISH);
    assertThat(world.say(elsewhere, "cancel", "" + job.id()).code())
        .contains(ReasonCode.JOB_UNKNOWN);
    assertThat(world.say(BEN, SERVER, "cancel", "" + job.id()).code())
        .contains(ReasonCode.JOB_NOT_YOURS);
    assertThat(world.queue.find(job.id()).orElseThrow().state()).isEqualTo(JobState.QUEUED);

    Caller moderator = new Caller(BEN, SERVER, MODERATOR, Locale.ENGLISH);
    assertThat(world.say(moderator, "cancel", "" + job.id()).code()).isEmpty();

    assertThat(world.queue.find(job.id()).orElseThrow().state()).isEqualTo(JobState.CANCELLED);
    AuditEntry entry =
        new AuditDao(world.database, InstantSource.system())
            .newest(new Realm("discord", "guild"), Long.MAX_VALUE, 9)
            .getFirst()
            .entry();
    assertThat(entry.action()).isEqualTo(AuditAction.CANCEL);
    assertThat(entry.person()).contains(job.personId());
    assertThat(world.say(moderator, "cancel", "" + job.id()).code()).contains(ReasonCode.JOB_OVER);
  }

  @Test
  void whoCouldSeeADeletedPictureIsToldWhenItWent() {
    Job job = world.imagine("a cat");
    world.say("delete", "" + job.id());

    for (String verb : List.of("again", "vary", "show", "delete", "favourite", "cancel")) {
      String code = verb + ":" + job.id() + ":0";
      assertThat(world.press(ANNA, SERVER, code).text())
          .startsWith("Picture " + job.id() + " was deleted on 20");
      assertThat(world.press(BEN, ELSEWHERE, code).code()).contains(ReasonCode.JOB_UNKNOWN);
    }
  }

  private Reply press(Reply reply, String label) {
    Button button =
        reply.buttons().stream().filter(one -> one.label().equals(label)).findFirst().orElseThrow();
    return world.press(ANNA, SERVER, button.action().encode());
  }

  private Job vary(String text) {
    return world.say("vary", text).jobs().getFirst().job();
  }

  private static List<String> prompts(Reply reply) {
    return reply.jobs().stream().map(view -> view.job().request().prompt()).toList();
  }
}

package dev.hyperbrush.command;

import static dev.hyperbrush.command.CommandWorld.ANNA;
import static dev.hyperbrush.command.CommandWorld.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.chat.ActionId;
import dev.hyperbrush.chat.Caller;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Standing;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.policy.Allowances;
import dev.hyperbrush.policy.ExampleSettings;
import dev.hyperbrush.policy.Permission;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people are answered when their platform hands in the same command again. */
final class RepeatedRequestTest {
  /** Two requests at once, and no more for a long time. */
  private static final Allowances FEW =
      new Allowances(1, 2, OptionalLong.empty(), 2, Duration.ofHours(1));

  private CommandWorld world;

  @BeforeEach
  void open(@TempDir Path data) {
    world = new CommandWorld(data, ExampleSettings.with(FEW));
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void theSameCommandIsAnsweredTheSameAndTakesNothingOfALimit() {
    Reply first = world.say(numbered("7"), "imagine", "a cat");
    for (int i = 0; i < 5; i++) {
      Reply again = world.say(numbered("7"), "imagine", "a cat");

      assertThat(again.text()).isEqualTo(first.text());
      assertThat(job(again)).isEqualTo(job(first));
    }

    assertThat(world.say(numbered("8"), "imagine", "a dog").code()).isEmpty();
    assertThat(world.say(numbered("9"), "imagine", "a bird").code()).isPresent();
    assertThat(world.queue.unfinished(1, 9)).hasSize(2);
  }

  @Test
  void aButtonThatIsPressedOnceDrawsOnce() {
    Job cat = world.imagine("a cat");
    world.draw();
    ActionId again = new ActionId("again", cat.id(), 0);

    Reply first = world.commands.press(numbered("7"), again);
    Reply repeated = world.commands.press(numbered("7"), again);

    assertThat(job(repeated).id()).isEqualTo(job(first).id()).isNotEqualTo(cat.id());
    assertThat(repeated.text()).isEqualTo(first.text());
  }

  @Test
  void whatAModeratorHasToSeeIsHeldOnce() {
    Caller moderator =
        new Caller(ANNA, SERVER, new Standing(Set.of(), Permission.MODERATOR), Locale.ENGLISH);
    assertThat(world.say(moderator, "policy add", "--word cat --action hold").code()).isEmpty();

    Reply first = world.say(numbered("7"), "imagine", "a cat");
    Reply again = world.say(numbered("7"), "imagine", "a cat");

    assertThat(job(first).state()).isEqualTo(JobState.HELD);
    assertThat(again.text()).isEqualTo(first.text()).contains("moderator");
    assertThat(job(again)).isEqualTo(job(first));
  }

  @Test
  void whatWasDeletedMeanwhileIsNotDrawnAgain() {
    long cat = job(world.say(numbered("7"), "imagine", "a cat")).id();
    world.say("delete", "" + cat);

    assertThat(world.say(numbered("7"), "imagine", "a cat").code())
        .contains(ReasonCode.JOB_DELETED);
  }

  private static Job job(Reply reply) {
    assertThat(reply.jobs()).as(reply.text()).hasSize(1);
    return reply.jobs().getFirst().job();
  }

  private static Caller numbered(String request) {
    return new Caller(
        ANNA, SERVER, Standing.MEMBER, Locale.ENGLISH, List.of(), Optional.of(request));
  }
}

package dev.hyperbrush.command;

import static dev.hyperbrush.command.CommandWorld.ANNA;
import static dev.hyperbrush.command.CommandWorld.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.chat.Caller;
import dev.hyperbrush.chat.Card;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Standing;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.policy.Allowances;
import dev.hyperbrush.policy.ExampleSettings;
import dev.hyperbrush.policy.Permission;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people read of limits. */
final class LimitsTest {
  /** A picture here takes 128 x 128 x 4 = 65536 pixel-steps. */
  private static final Allowances LITTLE =
      new Allowances(1, 2, OptionalLong.of(200_000), 4, Duration.ofMinutes(2));

  private CommandWorld world;

  @BeforeEach
  void open(@TempDir Path data) {
    world = new CommandWorld(data, ExampleSettings.with(LITTLE));
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void theQueueShowsWhatIsLeftOfTheDay() {
    world.imagine("a cat");

    Reply reply = world.say("queue", "");

    assertThat(reply.text())
        .isEqualTo(
            "Waiting in all: 1\n"
                + "#1 a cat (waiting, number 1 in the queue)\n"
                + "Left today: 0.13 of 0.2 megapixel-steps. The next day begins in 14 hours, at"
                + " 00:00 UTC.");
    assertThat(reply.cards()).extracting(Card::title).containsExactly("The queue", "Today");
    assertThat(reply.cards().getLast().fields())
        .containsExactly(
            new Card.Field("Left", "0.13 of 0.2 megapixel-steps"),
            new Card.Field("The next day begins", "in 14 hours, at 00:00 UTC"));
  }

  @Test
  void whoeverRunsTheProgramHasNoQuotaToRead() {
    Caller operator =
        new Caller(ANNA, SERVER, new Standing(Set.of(), Permission.OPERATOR), Locale.ENGLISH);

    assertThat(world.say(operator, "queue", "").cards()).hasSize(1);
  }

  @Test
  void everyLimitSaysWhatItIsAndWhenThereIsRoomAgain() {
    world.imagine("a cat");
    world.imagine("a dog");

    assertRefused(
        ReasonCode.TOO_MANY_WAITING,
        "2 of your pictures wait or are being drawn, and no more than 2 can. One more is possible"
            + " when the next of them is done, in a while, or when you cancel one.");

    world.say("cancel", "2");
    assertRefused(
        "a bird --count 4",
        ReasonCode.QUOTA_SPENT,
        "This takes 0.27 megapixel-steps, and 0.13 of your 0.2 a day are left. The next day begins"
            + " in 14 hours, at 00:00 UTC. Fewer steps, a smaller size or fewer pictures take"
            + " less.");
    assertRefused(
        ReasonCode.RATE_LIMITED,
        "That was too fast: 4 requests are possible at once, and one more after each 2 minutes. The"
            + " next one is possible in 2 minutes, at 10:02 UTC.");

    world.clock.advance(Duration.ofMinutes(2));
    world.imagine("a bird");
  }

  @Test
  void theAnswerIsInThePersonsLanguage() {
    for (int i = 0; i < 4; i++) {
      world.say("imagine", "a cat");
    }
    Caller german = new Caller(ANNA, SERVER, Standing.MEMBER, Locale.GERMAN);

    assertThat(world.say(german, "imagine", "a cat").text())
        .endsWith(
            "einer mehr nach jeweils 2 Minuten. Der nächste ist in 2 Minuten möglich, um"
                + " 10:02 UTC.");
  }

  private void assertRefused(ReasonCode code, String text) {
    assertRefused("a bird", code, text);
  }

  private void assertRefused(String prompt, ReasonCode code, String text) {
    Reply reply = world.say("imagine", prompt);
    assertThat(reply.code()).contains(code);
    assertThat(reply.text()).isEqualTo(text);
  }
}

package dev.hyperbrush.command;

import static dev.hyperbrush.command.CommandWorld.ANNA;
import static dev.hyperbrush.command.CommandWorld.BEN;
import static dev.hyperbrush.command.CommandWorld.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.chat.Caller;
import dev.hyperbrush.chat.Standing;
import dev.hyperbrush.store.Delivery;
import dev.hyperbrush.store.DeliveryDao;
import dev.hyperbrush.store.DeliveryState;
import dev.hyperbrush.store.Destination;
import dev.hyperbrush.store.Route;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What verbs have to do with the outbox. */
final class DeliveredTest {
  private static final List<Destination> LADDER =
      List.of(new Destination("art", "token"), new Destination("art", "channel"));

  private static final Caller CALLER =
      new Caller(ANNA, SERVER, Standing.MEMBER, Locale.GERMAN, LADDER, Optional.empty());

  @TempDir private Path data;
  private CommandWorld world;
  private DeliveryDao deliveries;

  @BeforeEach
  void open() {
    world = new CommandWorld(data);
    deliveries = new DeliveryDao(world.database);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aJobTakesTheLadderAndTheLanguageOfItsCallerAlong() {
    long job = imagine();

    world.draw();

    Delivery due = delivery(job);
    assertThat(due.state()).isEqualTo(DeliveryState.DUE);
    assertThat(due.route()).isEqualTo(new Route("de", LADDER));
    assertThat(due.platform()).isEqualTo("discord");
    assertThat(due.known()).isFalse();
  }

  @Test
  void whatCouldNotBePostedSaysSoUntilItsPersonHasFetchedIt() {
    long job = world.imagine("a red circle").id(); // nowhere to post it
    world.draw();
    assertThat(world.say("history", "").text()).contains("/show " + job);
    assertThat(world.say(BEN, SERVER, "show", "" + job).text()).doesNotContain("posted");
    assertThat(delivery(job).state()).isEqualTo(DeliveryState.WAITING);

    assertThat(world.say("show", "" + job).jobs().getFirst().pictures()).hasSize(1);

    assertThat(delivery(job).state()).isEqualTo(DeliveryState.SHOWN);
    assertThat(world.say("history", "").text()).doesNotContain("/show " + job);
  }

  @Test
  void whoCancelsIsNotToldAnew() {
    long job = imagine();

    world.say(CALLER, "cancel", "" + job);

    assertThat(delivery(job).known()).isTrue();
    assertThat(delivery(job).route().ladder()).isEqualTo(LADDER);
  }

  @Test
  void deletingTakesBackWhatWasSaid() {
    long job = imagine();

    world.say(CALLER, "delete", "" + job);

    assertThat(delivery(job).state()).isEqualTo(DeliveryState.WITHDRAWING);
  }

  private long imagine() {
    return world.say(CALLER, "imagine", "a red circle").jobs().getFirst().job().id();
  }

  private Delivery delivery(long job) {
    return deliveries.ofJob(job).orElseThrow();
  }
}

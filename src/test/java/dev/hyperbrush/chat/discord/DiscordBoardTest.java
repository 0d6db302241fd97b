package dev.hyperbrush.chat.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hyperbrush.chat.discord.DiscordAddress.Channel;
import dev.hyperbrush.chat.discord.DiscordAddress.Hook;
import dev.hyperbrush.chat.discord.DiscordAddress.Message;
import dev.hyperbrush.delivery.Progress;
import dev.hyperbrush.fakediscord.FakeInteraction;
import dev.hyperbrush.fakediscord.FakeMessage;
import dev.hyperbrush.fakediscord.Fault;
import dev.hyperbrush.queue.Place;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobState;
import dev.hyperbrush.store.Route;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiscordBoardTest {
  private static final String EDIT = "PATCH /channels/{channel}/messages/{message}";

  @TempDir private Path data;
  private OutboundWorld here;

  @BeforeEach
  void open() {
    here = new OutboundWorld(data);
  }

  @AfterEach
  void close() {
    here.close();
  }

  @Test
  void aMessageSaysHowFarItIsUntilItEnds() throws Exception {
    FakeInteraction use = here.use();
    Hook hook = here.hook(use);
    Job job = here.imagine("a *fox*", hook);
    show(job, hook, new Place(3, Optional.of(Duration.ofSeconds(40))), 0);
    FakeMessage message = use.reply();
    assertThat(message.text()).contains("a \\*fox\\*", "number 3", "<t:", ":R>");
    assertThat(message.buttons())
        .extracting(FakeMessage.Button::customId)
        .containsExactly("cancel:" + job.id() + ":0");
    show(job, new Message(here.art.id, message.id), Place.NONE, 2);
    message.awaitText("50%");

    here.discord.faults().next(EDIT, 1, Fault.tooManyRequests(Duration.ofSeconds(60)));
    show(job, new Message(here.art.id, message.id), Place.NONE, 3);
    assertThat(message.text()).contains("50%");

    show(job, new Channel(here.art.id, here.ann.id), Place.NONE, 3);
    assertThat(message.text()).contains("50%");
    assertThat(here.art.messages()).hasSize(1);

    here.post();
    here.world.draw();
    await().until(() -> here.world.queue.find(job.id()).orElseThrow().state() == JobState.DONE);
    here.discord.await("the picture", () -> !message.gallery().isEmpty());
    show(job, hook, Place.NONE, 4);
    assertThat(message.gallery()).hasSize(1);
    assertThat(here.discord.violations()).isEmpty();
  }

  @Test
  void theMessageIsEditedWhenTheTokenHasEnded() throws Exception {
    FakeInteraction use = here.use();
    Hook ended = here.hook(use, Instant.now().minus(Duration.ofMinutes(16)));
    Job job = here.imagine("a fox", ended);
    show(job, ended, Place.NONE, 1);
    assertThat(use.message().isLoading()).isTrue();
    show(job, here.hook(use), Place.NONE, 2);
    use.reply().awaitText("50%");
    show(job, List.of(ended, new Message(here.art.id, use.message().id)), Place.NONE, 3);
    use.reply().awaitText("70%");
    assertThat(here.discord.calls()).filteredOn(call -> call.route().equals(EDIT)).hasSize(1);
  }

  private void show(Job job, DiscordAddress address, Place place, int step) throws Exception {
    show(job, List.of(address), place, step);
  }

  private void show(Job job, List<DiscordAddress> addresses, Place place, int step)
      throws Exception {
    Route route = new Route("en", addresses.stream().map(address -> address.in("art")).toList());
    here.outbound.board().show(new Progress(job, route, place, step, 4));
  }
}

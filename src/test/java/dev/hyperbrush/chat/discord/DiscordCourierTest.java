package dev.hyperbrush.chat.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hyperbrush.chat.discord.DiscordAddress.Channel;
import dev.hyperbrush.chat.discord.DiscordAddress.Dm;
import dev.hyperbrush.chat.discord.DiscordAddress.Hook;
import dev.hyperbrush.chat.discord.DiscordAddress.Message;
import dev.hyperbrush.delivery.Outcome;
import dev.hyperbrush.delivery.Post;
import dev.hyperbrush.fakediscord.FakeFile;
import dev.hyperbrush.fakediscord.FakeInteraction;
import dev.hyperbrush.fakediscord.FakeMessage;
import dev.hyperbrush.fakediscord.Fault;
import dev.hyperbrush.fakediscord.Permission;
import dev.hyperbrush.store.Delivery;
import dev.hyperbrush.store.DeliveryDao;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiscordCourierTest {
  private static final String POST = "POST /channels/{channel}/messages";
  private static final String EDIT_ANSWER =
      "PATCH /webhooks/{application}/{token}/messages/{message}";

  @TempDir private static Path data;
  private static OutboundWorld here;

  /** One for all, as it takes a while to connect. */
  @BeforeAll
  static void open() {
    here = new OutboundWorld(data);
    here.post();
    here.world.draw();
  }

  @BeforeEach
  void afresh() {
    here.afresh();
  }

  @AfterAll
  static void close() {
    List<String> violations = here.discord.violations();
    List<String> pings = here.discord.pings();
    here.close();
    assertThat(violations).isEmpty();
    assertThat(pings).isEmpty();
  }

  @Test
  void theResultTakesThePlaceOfTheAnswerAndIsTakenBackWithTheJob() {
    FakeInteraction use = here.use();
    Job job = here.imagine("a *red* circle @everyone <@1>", Map.of("count", "2"), here.hook(use));
    FakeMessage picture = use.reply();
    assertThat(picture.text()).contains("a \\*red\\* circle \\@everyone \\<\\@1>", "seed");
    assertThat(picture.gallery())
        .hasSize(2)
        .allMatch(item -> item.description().equals("a *red* circle @everyone <@1>"));
    assertThat(picture.files()).extracting(FakeFile::type).containsOnly("image/png");
    assertThat(picture.buttons()).extracting(FakeMessage.Button::customId).doesNotHaveDuplicates();
    assertThat(here.art.messages()).containsExactly(picture);
    await().until(() -> here.world.queue.delete(job.id()));
    picture.awaitDeleted();
  }

  @Test
  void anExpiredTokenIsNotTried() {
    FakeInteraction use = here.use();
    long before = edits();
    Hook old = here.hook(use, Instant.now().minus(Duration.ofMinutes(16)));
    here.imagine("late", old, new Message(here.art.id, use.message().id));
    assertThat(use.reply().gallery()).hasSize(1);
    assertThat(edits()).isEqualTo(before);
  }

  private static long edits() {
    return here.discord.calls().stream().filter(call -> call.route().equals(EDIT_ANSWER)).count();
  }

  @Test
  void aDeadTokenLeadsToTheMessageAndADeletedMessageToTheChannel() {
    FakeInteraction use = here.use();
    Hook hook = here.hook(use, Instant.now().minus(Duration.ofMinutes(2)));
    use.kill();
    here.imagine(
        "a fox",
        hook,
        new Message(here.art.id, 1),
        new Channel(here.art.id, here.ann.id),
        new Dm(here.ann.id));
    FakeMessage posted = here.art.awaitMessages(1).getLast();
    assertThat(posted.gallery()).hasSize(1);
    assertThat(posted.text()).contains("<@" + here.ann.id + ">");
    assertThat(here.discord.errors()).contains(10015, 10008);
    assertThat(here.ann.directMessages().messages()).isEmpty();
  }

  @Test
  void whatIsPostedWithoutAnAnswerToThatIsNotPostedTwice() {
    here.discord.faults().next(POST, 2, new Fault.LostAnswer());
    Job job = here.imagine("once", new Channel(here.art.id, here.ann.id));
    DeliveryDao deliveries = new DeliveryDao(here.world.database);
    await().until(() -> deliveries.ofJob(job.id()).flatMap(Delivery::message).isPresent());
    assertThat(here.art.messages()).hasSize(1);
  }

  @Test
  void aClosedChannelLeadsToThePersonAndAClosedPersonToShow() {
    here.art.denyBot(Permission.ATTACH_FILES);
    here.imagine("told there", new Channel(here.art.id, here.ann.id), new Dm(here.ann.id));
    FakeMessage told = here.ann.directMessages().awaitMessages(1).getFirst();
    assertThat(told.gallery()).hasSize(1);
    here.ann.blocksDirectMessages();
    Job last =
        here.imagine("told nowhere", new Channel(here.art.id, here.ann.id), new Dm(here.ann.id));
    DeliveryDao deliveries = new DeliveryDao(here.world.database);
    await().until(() -> deliveries.isWaiting(last.id()));
    assertThat(here.discord.errors()).contains(50013, 50007);
  }

  @Test
  void whatIsTooLargeIsSentSmaller() {
    here.discord.faults().next(POST, 1, Fault.error(413, 40005, "Request entity too large"));
    here.imagine("large", Map.of("size", "1024x1024"), new Channel(here.art.id, here.ann.id));
    FakeMessage posted = here.art.awaitMessages(1).getFirst();
    assertThat(posted.files()).singleElement().extracting(FakeFile::type).isEqualTo("image/jpeg");
    assertThat(posted.files().getFirst().bytes().length).isLessThan(2 << 20);
    assertThat(posted.text()).contains("JPEG");
  }

  @Test
  void whereOnlySmallFilesAreTakenItIsSmallFromTheStart() {
    FakeInteraction use = here.ann.in(here.art).allowingFilesOf(500_000).slash("imagine");
    use.awaitAcknowledged();
    here.imagine(
        "small",
        Map.of("size", "1024x1024"),
        Hook.of(here.discord.application(), use.token, Instant.now(), 500_000));
    assertThat(use.reply().files())
        .singleElement()
        .extracting(FakeFile::type)
        .isEqualTo("image/jpeg");
    assertThat(here.discord.errors()).doesNotContain(40005);
  }

  @Test
  void aServerInTroubleIsAskedAgain() {
    here.discord.faults().next(POST, 2, Fault.status(500));
    here.discord.faults().next(POST, 1, new Fault.CutUpload());
    here.imagine("in the end", new Channel(here.art.id, here.ann.id));
    assertThat(here.art.awaitMessages(1)).hasSize(1);
  }

  @Test
  void aLongWaitIsLeftToTheOutbox() throws Exception {
    Post post = ended("waits");
    here.discord.faults().next(POST, 1, Fault.tooManyRequests(Duration.ofSeconds(60)));
    assertThat(here.outbound.courier().post(post))
        .isInstanceOfSatisfying(
            Outcome.RetryAfter.class,
            wait -> {
              assertThat(wait.delay()).isBetween(Duration.ofSeconds(40), Duration.ofSeconds(60));
              assertThat(wait.everywhere()).isFalse();
            });
    assertThat(here.art.messages()).isEmpty();
  }

  @Test
  void aWaitForAllIsToldAsSuch() throws Exception {
    Post post = ended("waits");
    here.discord.faults().next(POST, 1, Fault.tooManyRequestsGlobally(Duration.ofSeconds(60)));
    Outcome first = here.outbound.courier().post(post);
    assertThat(first)
        .isInstanceOfSatisfying(
            Outcome.RetryAfter.class, wait -> assertThat(wait.everywhere()).isTrue());
    int asked = here.discord.calls().size();
    assertThat(here.outbound.courier().post(post)).isInstanceOf(Outcome.RetryAfter.class);
    assertThat(here.discord.calls()).hasSize(asked);
    here.endGlobalLimit();
  }

  @Test
  void whatDiscordFindsWrongIsNotTriedAgain() throws Exception {
    Post post = ended("wrong");
    here.discord.faults().next(POST, 1, Fault.error(400, 50035, "Invalid Form Body"));
    assertThat(here.outbound.courier().post(post)).isInstanceOf(Outcome.Refused.class);
  }

  @Test
  void ofWhatThePersonHasCancelledOnlyTheirMessageSpeaks() throws Exception {
    Post post = ended("cancelled");
    Post known = new Post(post.job(), List.of(), post.address(), Locale.ENGLISH, true, "other");
    assertThat(here.outbound.courier().post(known)).isEqualTo(Outcome.done());
    assertThat(here.art.messages()).isEmpty();
    assertThat(here.outbound.courier().post(post)).isInstanceOf(Outcome.Posted.class);
    assertThat(here.art.messages()).hasSize(1);
  }

  @Test
  void withoutAConnectionItIsTriedAgain() throws Exception {
    Post post = ended("too early");
    DiscordOutbound early = new DiscordOutbound(here.world.parts, Optional::empty);
    assertThatThrownBy(() -> early.courier().post(post))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no connection");
  }

  /** To the channel. */
  private static Post ended(String prompt) {
    long id = here.imagine(prompt).id();
    await().until(() -> here.world.queue.find(id).orElseThrow().state() == JobState.DONE);
    return new Post(
        here.world.queue.find(id).orElseThrow(),
        here.world.queue.pictures(id),
        new Channel(here.art.id, here.ann.id).encode(),
        Locale.ENGLISH,
        false,
        "nonce-" + id);
  }
}

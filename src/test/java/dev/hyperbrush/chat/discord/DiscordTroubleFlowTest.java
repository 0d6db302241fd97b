package dev.hyperbrush.chat.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hyperbrush.chat.ChatWorld;
import dev.hyperbrush.fakediscord.FakeChannel;
import dev.hyperbrush.fakediscord.FakeDiscord.Call;
import dev.hyperbrush.fakediscord.FakeFile;
import dev.hyperbrush.fakediscord.FakeGuild;
import dev.hyperbrush.fakediscord.FakeInteraction;
import dev.hyperbrush.fakediscord.FakeMessage;
import dev.hyperbrush.fakediscord.FakePerson;
import dev.hyperbrush.fakediscord.Fault;
import dev.hyperbrush.fakediscord.Permission;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Bad days of Discord, of the way there and of the bot: every picture arrives, once. Time that has
 * to pass is Discord's clock moved on.
 */
final class DiscordTroubleFlowTest {
  private static final String EDIT = "PATCH /webhooks/{application}/{token}/messages/{message}";
  private static final String POST = "POST /channels/{channel}/messages";

  private static final String EDIT_AS_MESSAGE = "PATCH /channels/{channel}/messages/{message}";
  private static final String ANSWER = "POST /interactions/{interaction}/{token}/callback";

  @TempDir private Path data;
  private DiscordWorld world;
  private FakeChannel art;

  @BeforeEach
  void begin() {
    world = new DiscordWorld(data);
    art = world.channel();
  }

  @AfterEach
  void end() {
    world.close();
  }

  /** A job that has been answered and is not drawn before {@link #draw}. */
  private FakeMessage held(FakePerson person, FakeChannel channel) {
    world.world().painter.hold();
    return world.imagine(person, channel, "a heron").reply();
  }

  private void draw() {
    world.world().painter.go();
  }

  private void assertArrives(FakeMessage message) {
    world.awaitPictures(message, 1);
    assertThat(message.channel.messages()).containsExactly(message);
  }

  private long answers(String route, int status) {
    return world.discord.calls().stream()
        .filter(call -> call.route().equals(route) && call.status() == status)
        .map(Call::nanos)
        .count();
  }

  @Test
  void aStopWhileDrawingLosesNothing() {
    FakeMessage message = held(world.ann, art);
    world.restart();
    assertArrives(message);
  }

  @Test
  void buttonsOfBeforeARestartStillWork() {
    FakeMessage picture = world.drawn(world.ann, art, "a heron");
    world.restart();
    FakeMessage next = DiscordWorld.press(world.ann, picture, "again").reply();
    world.awaitPictures(next, 1);
    assertThat(DiscordWorld.press(world.ann, next, "favourite").reply().text()).isNotEmpty();
  }

  @Test
  void whatIsDrawnAndNotPostedIsPostedAfterARestart() {
    world.discord.faults().always(EDIT, Fault.status(500));
    FakeMessage message = world.imagine(world.ann, art, "a heron").reply();
    world.discord.await("a try", () -> answers(EDIT, 500) > 0);
    world.stop();
    world.discord.faults().clear();
    world.start();
    assertArrives(message);
  }

  /** JDA does not try again after 500: the outbox does. */
  @Test
  void troubleAtDiscordIsWaitedOut() {
    world.discord.faults().next(EDIT, 1, Fault.status(500));
    FakeMessage message = world.imagine(world.ann, art, "a heron").reply();
    assertArrives(message);
    assertThat(answers(EDIT, 500)).isOne();
  }

  @Test
  void discordAsksToWaitAgainAndAgain() {
    world.discord.faults().next(EDIT, 2, Fault.tooManyRequests(Duration.ofSeconds(1)));
    FakeMessage message = world.imagine(world.ann, art, "a heron").reply();
    assertArrives(message);
    assertThat(answers(EDIT, 429)).isEqualTo(2);
  }

  @Test
  void discordAsksToWaitWithEverything() {
    world.discord.faults().next(EDIT, 1, Fault.tooManyRequestsGlobally(Duration.ofSeconds(1)));
    assertArrives(world.imagine(world.ann, art, "a heron").reply());
  }

  /** JDA takes it for a ban by the network's edge, and holds all requests back for that long. */
  @Test
  void theEdgeOfTheNetworkAsksToWait() {
    world.discord.faults().next(EDIT, 1, Fault.bannedByEdge(Duration.ofSeconds(1)));
    assertArrives(world.imagine(world.ann, art, "a heron").reply());
  }

  @Test
  void theConnectionIsCutDuringTheUpload() {
    world.discord.faults().next(EDIT, 2, new Fault.CutUpload());
    assertArrives(world.imagine(world.ann, art, "a heron").reply());
    assertThat(answers(EDIT, 0)).isEqualTo(2);
  }

  /** Nobody tries that again: after three seconds it would be too late. */
  @ParameterizedTest
  @CsvSource({"500, 0", "404, 10062", "400, 40060"})
  void aFirstAnswerThatFailsIsMadeUpForInTheChannel(int status, int code) {
    world.discord.faults().next(ANSWER, 1, Fault.error(status, code, "Trouble"));
    world.imagine(world.ann, art, "a heron");
    FakeMessage message = art.awaitMessages(1).getFirst();
    world.awaitPictures(message, 1);
    assertThat(art.messages()).containsExactly(message);
  }

  @Test
  void aFormThatComesTooLateIsNoIncident() {
    FakeMessage picture = world.drawn(world.ann, art, "a heron");
    world.discord.faults().next(ANSWER, 1, Fault.error(404, 10062, "Unknown interaction"));
    DiscordWorld.press(world.ann, picture, "remix");
    await().until(() -> world.logged().stream().anyMatch(line -> line.contains("came too late")));
    assertThat(world.logged()).noneMatch(line -> line.contains("An interaction on Discord failed"));
  }

  @Test
  void anAnswerThatIsLostIsNotASecondMessage() {
    FakeMessage message = world.known(held(world.ann, art));
    message.remove();
    world.discord.advance(Duration.ofMinutes(16));
    world.discord.faults().next(POST, 1, new Fault.LostAnswer());
    draw();
    world.discord.await("another try", () -> answers(POST, 200) > 0);
    assertThat(answers(POST, 0)).isOne();
    assertThat(art.messages()).hasSize(1);
    world.awaitPictures(art.messages().getFirst(), 1);
  }

  @Test
  void theEndOfATokenDoesNotMatterWhereTheBotIs() {
    FakeMessage message = world.known(held(world.ann, art));
    world.discord.advance(Duration.ofMinutes(16));
    draw();
    assertArrives(message);
    assertThat(world.discord.errors()).containsExactly(50027);
  }

  @Test
  void theMessageOfWhatIsCancelledAfterTheEndOfATokenSaysSo() {
    world.world().queue.pause();
    FakeMessage message = world.known(world.imagine(world.ann, art, "a heron").reply());
    world.discord.advance(Duration.ofMinutes(16));
    DiscordWorld.press(world.ann, message, "cancel").awaitAcknowledged();
    message.awaitText("cancelled");
    assertThat(art.messages()).containsExactly(message);
    world.world().queue.resume();
  }

  @Test
  void whatIsDrawnLongAfterARestartTakesThePlaceOfItsAnswer() {
    FakeMessage message = world.known(held(world.ann, art));
    restartLate();
    assertArrives(message);
    world.discord.await("an edit", () -> answers(EDIT_AS_MESSAGE, 200) == 1);
    assertThat(answers(EDIT, 200)).isZero();
    assertThat(world.discord.errors()).isEmpty();
  }

  /** Stopped before it knew which message its answer had become. */
  @Test
  void anAnswerThatNobodyKnowsOfIsFollowedByThePicture() {
    world.expectViolation("has already been acknowledged"); // JDA sends it again
    world.world().painter.hold();
    world.discord.faults().next(ANSWER, 1, new Fault.LostAnswer());
    FakeMessage answer = world.imagine(world.ann, art, "a heron").reply();
    restartLate();
    FakeMessage picture = art.awaitMessages(2).getLast();
    world.awaitPictures(picture, 1);
    assertThat(art.messages()).containsExactly(answer, picture);
    assertThat(answer.files()).isEmpty();
  }

  /** Starts again when the tokens of before have ended. */
  private void restartLate() {
    world.stop();
    world.discord.advance(Duration.ofMinutes(16));
    world.clockAhead(Duration.ofMinutes(16));
    world.start();
  }

  @Test
  void afterTheEndOfATokenWhoBroughtTheBotGetsAMessage() {
    FakeGuild elsewhere = world.discord.foreignGuild("Elsewhere");
    FakePerson eve = elsewhere.join(world.discord.person("eve")).installsTheBot();
    held(eve, elsewhere.channel("hall"));
    world.discord.advance(Duration.ofMinutes(16));
    draw();
    world.awaitPictures(eve.directMessages().awaitMessages(1).getFirst(), 1);
    assertThat(world.discord.errors()).containsExactly(50027);
  }

  @Test
  void aTokenThatDiesEarlyIsAskedForOnce() {
    FakeGuild elsewhere = world.discord.foreignGuild("Elsewhere");
    FakePerson eve = elsewhere.join(world.discord.person("eve")).installsTheBot();
    world.world().painter.hold();
    FakeInteraction asked = world.imagine(eve, elsewhere.channel("hall"), "a heron");
    asked.reply();
    asked.kill();
    draw();
    world.awaitPictures(eve.directMessages().awaitMessages(1).getFirst(), 1);
    assertThat(world.discord.errors()).containsExactly(10015);
  }

  @Test
  void whoTakesNoMessagesCanFetchThePicture() {
    FakeGuild elsewhere = world.discord.foreignGuild("Elsewhere");
    FakePerson eve = elsewhere.join(world.discord.person("eve")).installsTheBot();
    eve.blocksDirectMessages();
    FakeChannel hall = elsewhere.channel("hall");
    held(eve, hall);
    world.discord.advance(Duration.ofMinutes(16));
    draw();
    world.discord.await("a refusal", () -> world.discord.errors().contains(50007));
    FakeMessage shown = eve.in(hall).slash("show", Map.of("picture", "1")).reply();
    world.awaitPictures(shown, 1);
  }

  @Test
  void aChannelThatIsClosedMeanwhileIsReachedByTheToken() {
    FakeMessage message = held(world.ann, art);
    art.denyBot(Permission.VIEW_CHANNEL);
    draw();
    assertArrives(message);
  }

  @Test
  void aChannelThatIsClosedForLongIsLeftForThePerson() {
    world.known(held(world.ann, art));
    art.denyBot(Permission.VIEW_CHANNEL);
    world.discord.advance(Duration.ofMinutes(16));
    draw();
    world.awaitPictures(world.ann.directMessages().awaitMessages(1).getFirst(), 1);
    assertThat(world.discord.errors()).containsExactly(50027, 50001, 50001);
  }

  @Test
  void aChannelThatIsGoneMeanwhile() {
    held(world.ann, art);
    art.delete();
    draw();
    FakeChannel direct = world.ann.directMessages();
    world.awaitPictures(direct.awaitMessages(1).getFirst(), 1);
  }

  @Test
  void whatIsTooLargeIsSentSmaller() {
    FakeGuild elsewhere = world.discord.foreignGuild("Elsewhere");
    FakePerson eve = elsewhere.join(world.discord.person("eve")).installsTheBot();
    FakeMessage message =
        eve.in(elsewhere.channel("hall"))
            .allowingFilesOf(100_000)
            .slash("imagine", Map.of("prompt", "a heron" + DiscordWorld.QUICK))
            .reply();
    world.awaitPictures(message, 1);
    assertThat(message.files()).singleElement().extracting(FakeFile::type).isEqualTo("image/jpeg");
  }

  @Test
  void whatDiscordFindsTooLargeIsSentAgain() {
    world.discord.faults().next(EDIT, 1, Fault.error(413, 40005, "Request entity too large"));
    assertArrives(world.imagine(world.ann, art, "a heron").reply());
  }

  @Test
  void aFullQueueIsToldAtOnce() throws Exception {
    world.stop();
    try (DiscordWorld small = new DiscordWorld(data.resolve("small"), ChatWorld.allowing(1))) {
      FakeChannel there = small.channel();
      small.world().painter.hold();
      FakeMessage first = small.imagine(small.ann, there, "a heron").reply();
      FakeMessage second = small.imagine(small.ann, there, "another heron").reply();
      assertThat(second.onlyFor()).contains(small.ann);
      assertThat(second.text()).contains("1");
      small.world().painter.go();
      small.awaitPictures(first, 1);
    }
    world.start();
  }
}

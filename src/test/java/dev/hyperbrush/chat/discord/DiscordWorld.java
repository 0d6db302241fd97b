package dev.hyperbrush.chat.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.LogLines;
import dev.hyperbrush.chat.ChatWorld;
import dev.hyperbrush.command.AdapterParts;
import dev.hyperbrush.delivery.ProgressMessages;
import dev.hyperbrush.fakediscord.FakeChannel;
import dev.hyperbrush.fakediscord.FakeDiscord;
import dev.hyperbrush.fakediscord.FakeGuild;
import dev.hyperbrush.fakediscord.FakeInteraction;
import dev.hyperbrush.fakediscord.FakeMessage;
import dev.hyperbrush.fakediscord.FakePerson;
import dev.hyperbrush.fakediscord.Permission;
import dev.hyperbrush.policy.ModerationSettings;
import dev.hyperbrush.policy.OperatorSettings;
import dev.hyperbrush.store.StoredRoutes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The bot on a Discord of its own, with a server, somebody who paints and a moderator. At its end
 * the bot must have done nothing that Discord forbids, called nobody, and logged no secret.
 */
final class DiscordWorld implements AutoCloseable {
  /** Small and quick to be drawn. */
  static final String QUICK = " --size 256x256 --steps 2";

  final FakeDiscord discord = FakeDiscord.start();
  final FakeGuild guild = discord.guild("Painters");
  final FakePerson ann = guild.join(discord.person("ann"));
  final FakePerson mod = guild.join(discord.person("mod"), Permission.MODERATE_MEMBERS);
  private final LogLines log = LogLines.hear();
  private final Path data;
  private final List<String> expected = new ArrayList<>();
  private final OperatorSettings operator;
  private volatile Duration ahead = Duration.ZERO;
  private ChatWorld world;
  private int channels;

  DiscordWorld(Path data) {
    this(data, ChatWorld.allowing(100));
  }

  DiscordWorld(Path data, OperatorSettings operator) {
    this.data = data;
    this.operator = operator;
    world = begin();
  }

  private ChatWorld begin() {
    ChatWorld begun = new ChatWorld(data, operator, ModerationSettings.NONE);
    AdapterParts real = begun.parts;
    InstantSource clock = () -> Instant.now().plus(ahead);
    AdapterParts parts =
        new AdapterParts(real.commands(), real.queue(), real.database(), real.files(), clock);
    DiscordAdapter adapter =
        begun.with(
            DiscordAdapter.start(
                new DiscordSettings(Optional.of(discord.token()), Optional.of(discord.api()), 0),
                parts));
    ProgressMessages progress =
        begun.with(
            ProgressMessages.start(
                real.queue(), real.database(), Map.of(adapter.name(), adapter.board()), clock));
    begun.draw();
    begun.post(progress.before(Map.of(adapter.name(), adapter.courier())));
    discord.awaitCommand("imagine");
    discord.gateway().awaitConnected(1);
    return begun;
  }

  /** What it is made of, until the next {@link #restart}. */
  ChatWorld world() {
    return world;
  }

  /** Ends the process in good order, and begins another. */
  void restart() {
    stop();
    start();
  }

  void stop() {
    world.close();
  }

  void start() {
    world = begin();
  }

  /** The bot's clock is so much before Discord's. */
  void clockAhead(Duration time) {
    ahead = time;
  }

  /** Another channel, in which nothing has been said yet. */
  FakeChannel channel() {
    return guild.channel("art-" + channels++);
  }

  /** Somebody draws something. */
  FakeInteraction imagine(FakePerson person, FakeChannel channel, String prompt) {
    return person.in(channel).slash("imagine", Map.of("prompt", prompt + QUICK));
  }

  /** Somebody draws something, and waits for it. */
  FakeMessage drawn(FakePerson person, FakeChannel channel, String prompt) {
    FakeMessage message = imagine(person, channel, prompt).reply();
    awaitPictures(message, 1);
    return message;
  }

  /**
   * Until the bot knows which message its answer has become: a moment after the message is there.
   */
  FakeMessage known(FakeMessage message) {
    discord.await(
        message + " known as the message of its job",
        () -> StoredRoutes.contain(world.database, ":" + message.id));
    return message;
  }

  void awaitPictures(FakeMessage message, int count) {
    discord.await(count + " pictures in " + message, () -> message.files().size() == count);
  }

  /** The custom id of the message's first button of this verb. */
  static String button(FakeMessage message, String verb) {
    return message.buttons().stream()
        .map(FakeMessage.Button::customId)
        .filter(id -> id.startsWith(verb + ":"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no button " + verb + " in " + message.buttons()));
  }

  static FakeInteraction press(FakePerson person, FakeMessage message, String verb) {
    return person.in(message.channel).press(message, button(message, verb));
  }

  /** All that was logged so far. */
  List<String> logged() {
    return log.lines();
  }

  /** A violation that the test provokes. */
  void expectViolation(String part) {
    expected.add(part);
  }

  @Override
  public void close() {
    world.close();
    discord.close();
    log.close();
    List<String> lines = log.lines();
    assertThat(discord.violations())
        .allSatisfy(violation -> assertThat(expected).anyMatch(violation::contains));
    assertThat(discord.pings()).isEmpty();
    assertThat(lines).noneMatch(line -> line.contains(discord.token()));
    for (String token : discord.interactionTokens()) {
      assertThat(lines).noneMatch(line -> line.contains(token));
    }
  }
}

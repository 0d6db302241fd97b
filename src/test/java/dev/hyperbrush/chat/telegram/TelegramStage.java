package dev.hyperbrush.chat.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hyperbrush.LogLines;
import dev.hyperbrush.chat.ChatWorld;
import dev.hyperbrush.faketelegram.FakeTelegram;
import dev.hyperbrush.faketelegram.SeenMessage;
import dev.hyperbrush.faketelegram.TelegramChat;
import dev.hyperbrush.faketelegram.TelegramPerson;
import dev.hyperbrush.generation.ImageGenerator;
import dev.hyperbrush.policy.ModerationSettings;
import dev.hyperbrush.policy.OperatorSettings;
import dev.hyperbrush.queue.Worker;
import dev.hyperbrush.store.TelegramUpdateDao;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The whole bot over a folder, and a Telegram for it: at its end there was nothing that Telegram
 * does not allow, and no line of the log has the token. Owned by one thread.
 */
final class TelegramStage implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  final FakeTelegram telegram = FakeTelegram.start();
  private final LogLines log = LogLines.hear();
  private final Path data;
  private final OperatorSettings operator;
  private final Optional<ImageGenerator> generator;
  private final Duration between;
  private ChatWorld world;

  /** Where nobody is too fast, the bot in its messages neither. */
  TelegramStage(Path data) {
    this(data, ChatWorld.allowing(100), Optional.empty(), Duration.ZERO);
  }

  /** Where the bot keeps to Telegram's limits, as it does everywhere else. */
  static TelegramStage paced(Path data) {
    return new TelegramStage(
        data, ChatWorld.allowing(100), Optional.empty(), Duration.ofSeconds(1));
  }

  /**
   * With limits, and somebody else who draws.
   *
   * @param generator instead of the world's own
   * @param between time between two messages of the bot in a chat; none where Telegram counts none
   */
  TelegramStage(
      Path data, OperatorSettings operator, Optional<ImageGenerator> generator, Duration between) {
    this.data = data;
    this.between = between;
    if (between.isZero()) {
      telegram.withoutRates();
    }
    this.operator = operator;
    this.generator = generator;
    this.world = open();
  }

  private ChatWorld open() {
    ChatWorld opened = new ChatWorld(data, operator, ModerationSettings.NONE);
    TelegramAdapter bot =
        opened.with(
            TelegramAdapter.start(
                new TelegramSettings(Optional.of(telegram.token()), Optional.of(telegram.api())),
                opened.parts,
                new Pace(opened.parts.clock(), between)));
    opened.post(Map.of(bot.name(), bot.courier()), Map.of(bot.name(), bot.board()));
    opened.with(Worker.start(opened.queue, generator.orElse(opened.painter), opened.painter));
    return opened;
  }

  ChatWorld world() {
    return world;
  }

  List<String> log() {
    return log.lines();
  }

  void stop() {
    world.close();
  }

  void start() {
    world = open();
  }

  void restart() {
    stop();
    start();
  }

  /** Waits until the bot has done all that follows from what was said. */
  void awaitDealtWith() {
    long bot = Long.parseLong(telegram.token().split(":", 2)[0]);
    TelegramUpdateDao updates = new TelegramUpdateDao(world.database, bot);
    await().atMost(PATIENCE).until(() -> updates.open().isEmpty());
  }

  /** Waits for a message of the bot in a chat. */
  static SeenMessage awaitMessage(TelegramChat chat, Predicate<SeenMessage> wanted) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(chat.fromBot()).anyMatch(wanted));
    return chat.fromBot().stream().filter(wanted).findFirst().orElseThrow();
  }

  static SeenMessage awaitText(TelegramChat chat, String part) {
    return awaitMessage(chat, message -> message.text().contains(part));
  }

  static SeenMessage awaitPicture(TelegramChat chat) {
    return awaitMessage(chat, message -> message.photo().isPresent());
  }

  /** Waits until a chat has so many pictures. */
  static List<SeenMessage> awaitPictures(TelegramChat chat, int count) {
    await().atMost(PATIENCE).until(() -> pictures(chat).size() >= count);
    return pictures(chat);
  }

  /** Waits until the bot has begun to draw what was asked for last, and has said so much. */
  SeenMessage awaitBegun(TelegramChat chat) {
    SeenMessage message = awaitMessage(chat, shown -> shown.button("cancel").isPresent());
    await().atMost(PATIENCE).until(() -> world.queue.waiting() == 0);
    return message;
  }

  /** Waits until nothing is left of the bot but so many messages. */
  static void awaitLeft(TelegramChat chat, int count) {
    await().atMost(PATIENCE).until(() -> chat.fromBot().size() == count);
  }

  static List<SeenMessage> pictures(TelegramChat chat) {
    return chat.fromBot().stream().filter(message -> message.photo().isPresent()).toList();
  }

  /** Somebody's first picture. */
  static SeenMessage draw(TelegramPerson person, String prompt) {
    person.say(prompt);
    return awaitPicture(person.chat());
  }

  @Override
  public void close() {
    world.close();
    telegram.close();
    log.close();
    assertThat(telegram.violations()).isEmpty();
    assertThat(log.lines()).noneMatch(line -> line.contains(telegram.token()));
    assertThat(log.lines()).noneMatch(line -> line.contains(secret()));
  }

  private String secret() {
    return telegram.token().substring(telegram.token().indexOf(':') + 1);
  }
}

package dev.hyperbrush.chat.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hyperbrush.chat.Caller;
import dev.hyperbrush.chat.ChatWorld;
import dev.hyperbrush.chat.Invocation;
import dev.hyperbrush.chat.Person;
import dev.hyperbrush.chat.Place;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Standing;
import dev.hyperbrush.faketelegram.FakeTelegram;
import dev.hyperbrush.faketelegram.TelegramChat;
import dev.hyperbrush.faketelegram.TelegramPerson;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The way out to the Telegram on loopback, and jobs to tell of. How fast it sends is not looked at.
 */
final class OutWorld implements AutoCloseable {
  final FakeTelegram telegram;
  final TelegramPerson ann;
  final Map<Long, Long> moved = new ConcurrentHashMap<>();
  final ChatWorld world;
  final TelegramSender sender;
  final PicturePoster pictures;
  final OutgoingPoster answers;

  /** With the clock of Telegram. */
  OutWorld(Path data, InstantSource clock) {
    telegram = FakeTelegram.start(clock);
    ann = telegram.person("Ann");
    telegram.withoutRates();
    world = new ChatWorld(data);
    world.draw();
    TelegramSettings settings =
        new TelegramSettings(Optional.of(telegram.token()), Optional.of(telegram.api()));
    TelegramApi api = world.with(TelegramApi.open(telegram.token(), settings));
    Pace pace = new Pace(world.parts.clock(), Duration.ZERO);
    sender = world.with(TelegramSender.start(api, pace, moves(), world.parts.clock()));
    pictures = PicturePoster.of(world.parts);
    answers = new OutgoingPoster(sender::answer, pictures);
    ann.say("/start");
  }

  private ChatMoves moves() {
    return new ChatMoves() {
      @Override
      public long current(long chat) {
        return moved.getOrDefault(chat, chat);
      }

      @Override
      public void moved(long from, long to) {
        moved.put(from, to);
      }
    };
  }

  Reply say(String verb, String text) {
    Place place = Place.of("telegram", String.valueOf(ann.id()), Optional.empty());
    Caller caller =
        new Caller(
            new Person("telegram", String.valueOf(ann.id()), "Ann"),
            place,
            Standing.MEMBER,
            Locale.ENGLISH);
    return world.commands.run(new Invocation(caller, verb, text, Map.of()));
  }

  Job asked(String line) {
    Reply reply = say("imagine", line);
    assertThat(reply.code()).as(reply.text()).isEmpty();
    return reply.jobs().getFirst().job();
  }

  Job drawn(String line) {
    long id = asked(line).id();
    await().until(() -> world.queue.find(id).orElseThrow().state() == JobState.DONE);
    return world.queue.find(id).orElseThrow();
  }

  static TelegramAddress.Chat chat(TelegramChat where) {
    return new TelegramAddress.Chat(where.id(), OptionalInt.empty(), OptionalInt.empty());
  }

  /** A message that a picture can take the place of. */
  TelegramAddress.Message waiting(TelegramChat where) throws Exception {
    TelegramMessages.Words words = new TelegramMessages.Words("waiting", Optional.empty());
    int number = answers.words(chat(where), words).getMessageId();
    return new TelegramAddress.Message(where.id(), OptionalInt.empty(), number);
  }

  @Override
  public void close() {
    world.close();
    telegram.close();
    assertThat(telegram.violations()).isEmpty();
  }
}

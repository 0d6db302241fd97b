package dev.hyperbrush.chat;

import static org.awaitility.Awaitility.await;

import dev.hyperbrush.chat.telegram.TelegramAdapter;
import dev.hyperbrush.chat.telegram.TelegramSettings;
import dev.hyperbrush.command.AdapterParts;
import dev.hyperbrush.delivery.ChatPlatform;
import dev.hyperbrush.faketelegram.FakeTelegram;
import dev.hyperbrush.faketelegram.SeenMessage;
import dev.hyperbrush.faketelegram.TelegramChat;
import dev.hyperbrush.faketelegram.TelegramPerson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** People who write to the bot in private. */
final class TelegramCrowd implements LoadCrowd {
  private final FakeTelegram telegram = FakeTelegram.start();
  private final List<TelegramChat> chats = new ArrayList<>();
  private final List<TelegramChat> all = new ArrayList<>();

  @Override
  public ChatPlatform start(AdapterParts parts) {
    return TelegramAdapter.start(
        new TelegramSettings(Optional.of(telegram.token()), Optional.of(telegram.api())), parts);
  }

  /** Until it has said which commands it has, too: that counts among what it may send. */
  @Override
  public void awaitBot() {
    await().until(() -> !telegram.calls("getUpdates").isEmpty());
    await().until(() -> telegram.calls("setMyCommands").size() >= 3 * Texts.LANGUAGES.size());
  }

  @Override
  public void ask() {
    TelegramPerson person = telegram.person("Person " + all.size());
    person.say("fox " + all.size());
    chats.add(person.chat());
    all.add(person.chat());
  }

  @Override
  public void forget() {
    chats.clear();
  }

  @Override
  public long served() {
    return chats.stream().filter(chat -> pictures(chat) > 0).count();
  }

  private static long pictures(TelegramChat chat) {
    return chat.fromBot().stream().filter(message -> message.photo().isPresent()).count();
  }

  @Override
  public Latencies heard() {
    return Latencies.of(chats.stream().map(TelegramCrowd::answeredAfter).toList());
  }

  private static Duration answeredAfter(TelegramChat chat) {
    List<SeenMessage> messages = chat.messages();
    return Duration.between(messages.getFirst().at(), messages.get(1).at());
  }

  @Override
  public int calls() {
    return telegram.calls().size();
  }

  @Override
  public List<String> violations() {
    return telegram.violations();
  }

  @Override
  public long pictures() {
    return all.stream().mapToLong(TelegramCrowd::pictures).sum();
  }

  @Override
  public void close() {
    telegram.close();
  }

  @Override
  public String toString() {
    return "Telegram";
  }
}

package dev.hyperbrush.chat.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hyperbrush.chat.ChatWorld;
import dev.hyperbrush.faketelegram.FakeTelegram;
import dev.hyperbrush.faketelegram.TelegramChat;
import dev.hyperbrush.faketelegram.TelegramPerson;
import dev.hyperbrush.store.HistoryDao;
import dev.hyperbrush.store.HistoryFilter;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.PersonLookup;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bot hears what people say on Telegram, and answers there. */
final class TelegramAdapterTest {
  @TempDir private Path data;
  private final FakeTelegram telegram = FakeTelegram.start();
  private final TelegramPerson ann = telegram.person("Ann");
  private final TelegramPerson ben = telegram.person("Ben", Optional.of("de"));
  private ChatWorld world;

  @BeforeEach
  void start() {
    telegram.withoutRates();
    open();
  }

  private void open() {
    world = new ChatWorld(data);
    world.with(
        TelegramAdapter.start(
            new TelegramSettings(Optional.of(telegram.token()), Optional.of(telegram.api())),
            world.parts));
  }

  private void restart() {
    world.close();
    open();
  }

  @AfterEach
  void close() {
    world.close();
    telegram.close();
    assertThat(telegram.violations()).isEmpty();
  }

  private List<Job> jobs(TelegramPerson person) {
    return new PersonLookup(world.database)
        .byId("telegram", String.valueOf(person.id()))
        .map(known ->
            new HistoryDao(world.database)
                .before(known.personId(), HistoryFilter.NONE, Long.MAX_VALUE, 100)
                .jobs())
        .orElse(List.of());
  }

  private static void awaitFromBot(TelegramChat chat, int count) {
    await().until(() -> chat.fromBot().size() >= count);
  }

  @Test
  void drawsWhatIsSaidInPrivate() {
    ann.say("a fox --seed 7");
    ann.say("/imagine a hen");
    awaitFromBot(ann.chat(), 2);
    assertThat(jobs(ann))
        .extracting(job -> job.request().prompt())
        .containsExactly("a hen", "a fox");
    assertThat(ann.chat().last().button("cancel")).isPresent();
  }

  @Test
  void drawsOnceWhatWasSaidWhileItWasAway() {
    ann.say("a fox");
    awaitFromBot(ann.chat(), 1);
    world.close();
    ann.say("a hen");
    ann.sayTwice("a cow");
    open();
    awaitFromBot(ann.chat(), 4);
    restart();
    ann.say("a pig");
    awaitFromBot(ann.chat(), 5);
    assertThat(jobs(ann))
        .extracting(job -> job.request().prompt())
        .containsExactly("a pig", "a cow", "a hen", "a fox");
  }

  @Test
  void greetsInTheLanguageOfThePerson() {
    ben.open("hello");
    awaitFromBot(ben.chat(), 1);
    assertThat(ben.chat().last().text()).startsWith("Hallo!");
  }
}

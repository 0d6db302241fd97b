package dev.hyperbrush.chat.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hyperbrush.TestClock;
import dev.hyperbrush.faketelegram.FakeTelegram;
import dev.hyperbrush.faketelegram.Faults;
import dev.hyperbrush.faketelegram.TelegramPerson;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.telegram.telegrambots.meta.api.objects.Update;
import org.telegram.telegrambots.meta.exceptions.TelegramApiException;

/** Polling does not fall into the traps that {@link LibraryTrapsTest} shows. */
final class PollingTrapsTest {
  private final FakeTelegram telegram = FakeTelegram.start();
  private final TelegramPerson ann = telegram.person("Ann");
  private final TestClock clock = new TestClock();
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private Optional<Polling> polling = Optional.empty();

  @AfterEach
  void end() {
    polling.ifPresent(Polling::close);
    telegram.close();
  }

  private Polling polling(Consumer<List<Update>> taker) {
    TelegramSettings settings =
        new TelegramSettings(Optional.of(telegram.token()), Optional.of(telegram.api()));
    Polling made =
        new Polling(
            telegram.token(),
            TelegramApi.url(settings),
            new ConnectionNews("telegram"),
            new PollPause(new Random(1)),
            clock,
            taker);
    polling = Optional.of(made);
    return made;
  }

  private void hear(List<Update> updates) {
    updates.forEach(update -> heard.add(update.getMessage().getText()));
  }

  @Test
  void goesOnAfterAnExceptionAndLosesNothing() throws TelegramApiException {
    AtomicInteger tries = new AtomicInteger();
    polling(
            updates -> {
              if (tries.incrementAndGet() == 1) {
                throw new IllegalStateException("once");
              }
              hear(updates);
            })
        .start();
    ann.say("one");
    await().until(() -> heard.contains("one"));
    ann.say("two");
    await().until(() -> heard.contains("two"));
    assertThat(heard).containsExactly("one", "two");
  }

  @Test
  void confirmsNothingBeforeItIsTakenOver() throws TelegramApiException {
    AtomicInteger waiting = new AtomicInteger();
    polling(
            updates -> {
              waiting.set(telegram.waiting());
              hear(updates);
            })
        .start();
    ann.say("one");
    await().until(() -> heard.contains("one"));
    assertThat(waiting).hasValue(1);
  }

  @Test
  void waitsAsLongAsTelegramAsksTo() throws TelegramApiException {
    telegram.faults().next(1, "getUpdates", Faults.tooMany(1));
    polling(this::hear).start();
    ann.say("one");
    await().until(() -> heard.contains("one"));
    assertThat(telegram.faults().left()).isZero();
    assertThat(telegram.violations()).isEmpty();
  }

  @Test
  void comesBackSoonAfterALongOutage() {
    PollPause pause = new PollPause(new Random(1));
    for (int failures = 0; failures < 1000; failures++) {
      assertThat(pause.next()).isLessThanOrEqualTo(Duration.ofSeconds(3));
    }
  }

  @Test
  void hearsWhatWasSaidDuringAnOutage() throws TelegramApiException {
    polling(this::hear).start();
    ann.say("one");
    await().until(() -> heard.contains("one"));
    telegram.away();
    ann.say("two");
    telegram.back();
    await().until(() -> heard.contains("two"));
    assertThat(heard).containsExactly("one", "two");
  }

  @Test
  void startsLaterWhenTelegramIsNotThere() throws TelegramApiException {
    telegram.away();
    Polling late = polling(this::hear);
    assertThatThrownBy(late::start).isInstanceOf(TelegramApiException.class);
    telegram.back();
    late.start();
    ann.say("one");
    await().until(() -> heard.contains("one"));
  }

  @Test
  void leavesNoThreadBehind() throws TelegramApiException {
    Polling closed = polling(this::hear);
    closed.start();
    await().until(() -> telegram.calls("getUpdates").size() == 1);
    assertThat(pollingThreads()).isNotEmpty().allMatch(Thread::isDaemon);
    closed.close();
    assertThat(pollingThreads()).isEmpty();
  }

  private static List<Thread> pollingThreads() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(entry ->
            List.of(entry.getValue()).stream()
                .anyMatch(frame -> frame.getClassName().endsWith("longpolling.BotSession")))
        .map(java.util.Map.Entry::getKey)
        .toList();
  }

  @Test
  void hearsUpdatesThatAreNumberedAnewAfterAWeek() throws TelegramApiException {
    polling(this::hear).start();
    ann.say("one");
    await().until(() -> heard.contains("one") && telegram.calls("getUpdates").size() == 2);
    clock.advance(Duration.ofDays(8));
    telegram.away(); // Ends the poll that began before: the next one begins a week later.
    telegram.numberUpdatesFrom(1000);
    telegram.back();
    ann.say("two");
    await().until(() -> heard.contains("two"));
  }
}

package dev.hyperbrush.chat.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hyperbrush.faketelegram.FakeTelegram;
import dev.hyperbrush.faketelegram.Faults;
import dev.hyperbrush.faketelegram.TelegramPerson;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.telegram.telegrambots.longpolling.BotSession;
import org.telegram.telegrambots.longpolling.TelegramBotsLongPollingApplication;
import org.telegram.telegrambots.longpolling.util.ExponentialBackOff;
import org.telegram.telegrambots.meta.TelegramUrl;
import org.telegram.telegrambots.meta.api.methods.updates.GetUpdates;
import org.telegram.telegrambots.meta.api.objects.Update;
import org.telegram.telegrambots.meta.api.objects.message.Message;
import org.telegram.telegrambots.meta.exceptions.TelegramApiException;

/**
 * What telegrambots does by itself, and the bot must not do. When one of these fails after the
 * library was renewed, the remedy that {@link PollingTrapsTest} holds can go.
 */
final class LibraryTrapsTest {
  private final FakeTelegram telegram = FakeTelegram.start();
  private final TelegramPerson ann = telegram.person("Ann");
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(1);
  private final TelegramBotsLongPollingApplication application =
      new TelegramBotsLongPollingApplication(
          ObjectMapper::new, OkHttpClient::new, () -> executor, ExponentialBackOff::new);

  @AfterEach
  void end() throws Exception {
    telegram.close();
    executor.shutdownNow();
    application.close();
  }

  private BotSession poll(Consumer<List<Update>> taker) throws TelegramApiException {
    TelegramUrl url =
        TelegramUrl.builder()
            .schema("http")
            .host("127.0.0.1")
            .port(telegram.api().getPort())
            .build();
    return application.registerBot(
        telegram.token(),
        () -> url,
        last -> GetUpdates.builder().offset(last + 1).timeout(5).build(),
        taker::accept);
  }

  private void hear(List<Update> updates) {
    updates.forEach(update -> heard.add(update.getMessage().getText()));
  }

  @Test
  void oneExceptionStopsItForEver() throws TelegramApiException {
    BotSession session =
        poll(updates -> {
          throw new IllegalStateException("once");
        });
    ann.say("one");
    await().until(() -> session.getRunningPolling().isDone());
    assertThat(session.isRunning()).isTrue();
    assertThat(telegram.calls("getUpdates")).hasSize(1);
    assertThat(telegram.waiting()).isEqualTo(1);
  }

  @Test
  void doesNotHeedRetryAfter() throws TelegramApiException {
    telegram.faults().next(1, "getUpdates", Faults.tooMany(5));
    poll(this::hear);
    await()
        .until(() ->
            telegram.violations().contains("getupdates: called again before retry_after was over"));
  }

  @Test
  void waitsLongAfterAnOutage() {
    ExponentialBackOff waits = new ExponentialBackOff();
    assertThat(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12))
        .anySatisfy(outage -> assertThat(waits.nextBackOffMillis()).isGreaterThan(10_000));
  }

  @Test
  void commandsAreNoneUntilTheirEntitiesWereAskedFor() throws Exception {
    ann.say("/imagine a fox");
    List<Message> messages = new CopyOnWriteArrayList<>();
    poll(updates -> updates.forEach(update -> messages.add(update.getMessage())));
    await().until(() -> !messages.isEmpty());
    assertThat(messages.getFirst().isCommand()).isFalse();
    assertThat(messages.getFirst().getEntities()).hasSize(1);
    assertThat(messages.getFirst().isCommand()).isTrue();
  }

  @Test
  void aBotWhoseStartFailedCountsAsRegistered() {
    telegram.away();
    assertThatThrownBy(() -> poll(this::hear)).isInstanceOf(TelegramApiException.class);
    telegram.back();
    assertThatThrownBy(() -> poll(this::hear)).hasMessageContaining("already registered");
  }

  @Test
  void closingLeavesAThreadThatKeepsTheProgramRunning() throws Exception {
    poll(this::hear);
    await().until(() -> telegram.calls("getUpdates").size() == 1);
    application.close();
    assertThat(Thread.getAllStackTraces().keySet())
        .anySatisfy(thread -> {
          assertThat(thread.isDaemon()).isFalse();
          assertThat(thread.getStackTrace())
              .anyMatch(frame -> frame.getClassName().endsWith("longpolling.BotSession"));
        });
  }

  /** JDA and telegrambots each want one of their own, in the same packages. */
  @Test
  void thereIsOneOkHttpForBothLibraries() throws IOException {
    assertThat(
            Collections.list(
                getClass().getClassLoader().getResources("okhttp3/OkHttpClient.class")))
        .hasSize(1);
  }

  @Test
  void dropsUpdatesWithLowerNumbers() throws TelegramApiException {
    poll(this::hear);
    ann.say("one");
    await().until(() -> heard.contains("one"));
    telegram.numberUpdatesFrom(1000);
    ann.say("two");
    await().until(() -> telegram.calls("getUpdates").size() >= 3 || telegram.waiting() == 0);
    assertThat(heard).containsExactly("one");
  }
}

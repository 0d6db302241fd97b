package dev.hyperbrush.chat.telegram;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.hyperbrush.command.AdapterParts;
import dev.hyperbrush.store.TelegramMenuDao;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.TelegramUrl;
import org.telegram.telegrambots.meta.api.methods.GetMe;
import org.telegram.telegrambots.meta.api.objects.User;
import org.telegram.telegrambots.meta.exceptions.TelegramApiException;

/**
 * Brings the bot on Telegram: finds out who it is, goes on with what was left, and polls. Made on a
 * thread of its own, and tried again until it stands; only a wrong token ends that. Thread-safe.
 */
final class Connection implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Connection.class);

  private static final Duration MENUS_LATER = Duration.ofSeconds(30);

  private final String token;
  private final TelegramUrl url;
  private final AdapterParts parts;
  private final Outlets outlets;
  private final ConnectionNews news;
  private final PollPause pause = new PollPause(RandomGenerator.getDefault());
  private final Lanes lanes = new Lanes();
  private final Standings standings;
  private final AtomicReference<Optional<Polling>> polling =
      new AtomicReference<>(Optional.empty());

  /** Not connected before {@link #open}. */
  Connection(
      String token, TelegramUrl url, AdapterParts parts, Outlets outlets, ConnectionNews news) {
    this.token = token;
    this.url = url;
    this.parts = parts;
    this.outlets = outlets;
    this.news = news;
    this.standings = new Standings(outlets.api()::call, Ticker.systemTicker());
  }

  /** Begins to connect. */
  void open() {
    Thread.ofVirtual().name("telegram-connect").start(this::connect);
  }

  private void connect() {
    try {
      Optional<User> me = me();
      if (me.isPresent()) {
        serve(me.get());
      }
    } catch (InterruptedException e) {
      log.info("Interrupted: the bot does not go on Telegram");
    } catch (RuntimeException bug) {
      if (!pause.isOver()) {
        log.error("The bot does not go on Telegram", bug);
      }
    }
  }

  /** Who the bot is; empty when there is none, or it is all over. */
  private Optional<User> me() throws InterruptedException {
    do {
      try {
        User me = outlets.api().call(new GetMe());
        news.fine();
        return Optional.of(me);
      } catch (TelegramFailure failure) {
        if (pause.isOver()) { // it is not Telegram that has failed
          return Optional.empty();
        }
        failure.retryAfter().ifPresent(pause::ask);
        news.failed(failure);
        if (ConnectionNews.isWrongToken(failure)) {
          return Optional.empty();
        }
      }
    } while (pause.sleep(pause.next()));
    return Optional.empty();
  }

  private void serve(User me) throws InterruptedException {
    Inbox inbox = DeskSetup.inbox(me, parts, outlets, standings, lanes, pause::isOver);
    Polling polled = new Polling(token, url, news, pause, parts.clock(), inbox::take);
    polling.set(Optional.of(polled));
    inbox.resume();
    boolean open = !pause.isOver();
    while (open && !started(polled)) {
      open = pause.sleep(pause.next());
    }
    if (open) {
      log.info(
          "On Telegram as @{}, with {} verbs: https://t.me/{}",
          me.getUserName(),
          parts.commands().verbs().size(),
          me.getUserName());
      setMenus(new TelegramMenuDao(parts.database(), me.getId()));
    }
  }

  /** What keeps it from starting has been said by then. */
  private static boolean started(Polling polled) {
    try {
      polled.start();
      return true;
    } catch (TelegramApiException e) {
      return false;
    }
  }

  private void setMenus(TelegramMenuDao known) throws InterruptedException {
    for (CommandMenus.Menu menu : new CommandMenus(parts.commands().verbs()).all()) {
      if (!pause.isOver() && !menu.isSet(known)) {
        set(menu, known);
      }
    }
  }

  /** What fails in passing is set later; one that is refused after the next start. */
  private void set(CommandMenus.Menu menu, TelegramMenuDao known) throws InterruptedException {
    boolean again = true;
    while (again) {
      try {
        outlets.sender().aside(menu.call());
        known.set(menu.name(), menu.digest());
        again = false;
      } catch (TelegramFailure failure) {
        Optional<Duration> wait =
            failure.isPassing() ? Optional.of(MENUS_LATER) : failure.retryAfter();
        again = wait.isPresent() && pause.sleep(wait.get());
        if (!again && !pause.isOver()) {
          log.warn("The list of commands {} is not set: {}", menu.name(), failure.getMessage());
        }
      }
    }
  }

  /** Takes nothing more. */
  void stop() {
    pause.end();
    polling.get().ifPresent(Polling::close);
  }

  /** Waits for what is under way. */
  @Override
  public void close() {
    stop();
    lanes.close();
  }
}

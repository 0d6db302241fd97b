package dev.hyperbrush.chat.telegram;

import dev.hyperbrush.store.TelegramUpdateDao;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.objects.Update;

/**
 * Takes over what Telegram hands in, and has it dealt with on virtual threads: what one person does
 * in the order they did it.
 *
 * <p>Each update counts once, whenever the process is killed:
 *
 * <ul>
 *   <li>Before its row is committed, Telegram has no confirmation of it and hands it in again: the
 *       next request, which confirms, is made only after {@link #take} has returned.
 *   <li>With its row there, it is found by its number when it is handed in again, and passed over.
 *       It is dealt with by who took it over, or else by {@link #resume} after the next start.
 *   <li>While it is dealt with, its row says that it is not done, so it is dealt with again. What
 *       asks for a picture goes along with the number of the message into the transaction that
 *       makes the job, so that a second try finds the job of the first. What else has an effect is
 *       marked as begun before: it is not tried a second time, and the person is told to look.
 *   <li>At the end its row keeps nothing but the number, until Telegram, which keeps updates for a
 *       day, cannot hand it in any more.
 * </ul>
 *
 * <p>What is worth nothing a moment later, as are words typed for a search, gets no row.
 * Thread-safe.
 */
final class Inbox {
  private static final Duration REPEATED = Duration.ofDays(3);
  private static final Duration BETWEEN_SWEEPS = Duration.ofHours(1);
  private static final Logger log = LoggerFactory.getLogger(Inbox.class);

  /** Deals with what was done. */
  interface Desk {
    /** Something has arrived: tells at once what is to be done about it when it is its turn. */
    Work begin(Arrival arrival);

    /** The same has arrived before; nothing more is to be done about it. */
    default void passOver(Incoming repeated) {}
  }

  /** Deals with one arrival. */
  interface Work {
    /**
     * On a virtual thread.
     *
     * @throws InterruptedException when the bot stops: it is to be dealt with after the next start
     */
    void run() throws InterruptedException;
  }

  private final TelegramUpdateDao updates;
  private final UpdateReader reader;
  private final Lanes lanes;
  private final InstantSource clock;
  private final Desk desk;
  private volatile Instant nextSweep = Instant.MIN;

  Inbox(
      TelegramUpdateDao updates, UpdateReader reader, Lanes lanes, InstantSource clock, Desk desk) {
    this.updates = updates;
    this.reader = reader;
    this.lanes = lanes;
    this.clock = clock;
    this.desk = desk;
  }

  /** Goes on with what was left when the program ended; before anything new is taken. */
  void resume() {
    List<TelegramUpdateDao.Open> left = updates.open();
    if (!left.isEmpty()) {
      log.info("{} updates from Telegram were not dealt with when the program ended", left.size());
    }
    for (TelegramUpdateDao.Open open : left) {
      IncomingJson.read(open.content())
          .ifPresentOrElse(
              what -> dispatch(arrival(open.id(), what, open.begun())),
              () -> updates.done(open.id()));
    }
  }

  /** Takes updates over; each has its row when this returns. */
  void take(List<Update> received) {
    SortedMap<Long, Incoming> read = new TreeMap<>();
    SortedMap<Long, String> kept = new TreeMap<>();
    for (Update update : received) {
      reader
          .read(update)
          .ifPresent(what -> {
            if (isRepeated(what, read.values())) {
              desk.passOver(what);
              return;
            }
            long id = update.getUpdateId();
            read.put(id, what);
            if (!what.isFleeting()) {
              kept.put(id, IncomingJson.write(what));
            }
          });
    }
    Instant now = clock.instant();
    Set<Long> fresh = kept.isEmpty() ? Set.of() : new HashSet<>(updates.keep(kept, now));
    read.forEach((id, what) -> {
      if (what.isFleeting() || fresh.contains(id)) {
        dispatch(arrival(id, what, false));
      }
    });
    sweep(now);
  }

  /** Who saw no effect of a button, as the bot was not there, pressed it again. */
  private static boolean isRepeated(Incoming what, Collection<Incoming> before) {
    return what instanceof Incoming.Pressed press && before.stream().anyMatch(press::isSame);
  }

  private Arrival arrival(long id, Incoming what, boolean begun) {
    return new Arrival(updates, reader.bot(), id, what, begun);
  }

  /** One that fails here waits for the next start, and holds up none of the others. */
  private void dispatch(Arrival arrival) {
    try {
      Work work = desk.begin(arrival);
      lanes.execute(arrival.what().lane(), () -> run(arrival, work));
    } catch (RuntimeException bug) {
      log.error("Telegram's update {} is left for the next start", arrival.id(), bug);
    }
  }

  private static void run(Arrival arrival, Work work) {
    try {
      work.run();
    } catch (InterruptedException stopping) {
      return;
    } catch (RuntimeException bug) {
      log.error("Telegram's update {} could not be dealt with", arrival.id(), bug);
    }
    arrival.end();
  }

  private void sweep(Instant now) {
    if (now.isAfter(nextSweep)) {
      nextSweep = now.plus(BETWEEN_SWEEPS);
      lanes.execute(Long.MIN_VALUE, () -> updates.prune(now.minus(REPEATED)));
    }
  }
}

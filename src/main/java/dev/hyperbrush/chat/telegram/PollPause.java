package dev.hyperbrush.chat.telegram;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.telegram.telegrambots.longpolling.interfaces.BackOff;

/**
 * How long to wait before Telegram is asked again: as long as it says, which the library does not
 * heed, or longer with every failure, but never more than seconds, so that the bot is back that
 * soon when the network is. Waits by itself, as the library's own wait could not be ended.
 * Thread-safe.
 */
final class PollPause implements BackOff {
  static final Duration LONGEST = Duration.ofSeconds(3);
  private static final Duration FIRST = Duration.ofMillis(250);
  private static final Duration MOST_ASKED_FOR = Duration.ofMinutes(10);
  private static final int MOST_DOUBLINGS = 5;

  private final RandomGenerator chance;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicReference<Optional<Duration>> asked = new AtomicReference<>(Optional.empty());
  private int failures;

  PollPause(RandomGenerator chance) {
    this.chance = chance;
  }

  /** Telegram asks to wait so long. */
  void ask(Duration delay) {
    asked.set(Optional.of(delay.compareTo(MOST_ASKED_FOR) < 0 ? delay : MOST_ASKED_FOR));
  }

  @Override
  public synchronized void reset() {
    failures = 0;
  }

  /** Waits, and says that there is nothing left to wait. */
  @Override
  public long nextBackOffMillis() {
    sleep(next());
    return 0;
  }

  /** The next wait. */
  synchronized Duration next() {
    failures++;
    return asked.getAndSet(Optional.empty()).orElseGet(this::grown);
  }

  /** Half of it by chance, as others come back too. */
  private Duration grown() {
    long most = FIRST.toMillis() << Math.min(failures, MOST_DOUBLINGS);
    long limit = Math.min(most, LONGEST.toMillis());
    return Duration.ofMillis(limit / 2 + chance.nextLong(limit / 2 + 1));
  }

  /**
   * Waits, shorter when it is all over.
   *
   * @return whether it is not over
   */
  boolean sleep(Duration delay) {
    try {
      return !closed.await(delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  boolean isOver() {
    return closed.getCount() == 0;
  }

  /** Nobody waits from here on. */
  void end() {
    closed.countDown();
  }
}

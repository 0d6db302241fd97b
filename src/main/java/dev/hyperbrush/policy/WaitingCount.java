package dev.hyperbrush.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntUnaryOperator;

/**
 * How many jobs wait, without counting them for each new one: what this process adds is added, and
 * what else happens shows when they are counted again, at most once a second. So another process
 * may bring the number above the limit by what it accepts within a second.
 *
 * <p>Thread-safe; a new job waits for no count but the one that might refuse it.
 */
final class WaitingCount {
  private static final Duration FRESH = Duration.ofSeconds(1);

  /** Up to here it takes no time to count, and nobody is refused without that. */
  private static final int FEW = 1000;

  private final IntUnaryOperator upTo;
  private final InstantSource clock;
  private final ReentrantLock counting = new ReentrantLock();
  private int counted;
  private Instant countedAt = Instant.MIN;

  /** Added since they were counted. */
  private int added;

  /** About to be added. */
  private int reserved;

  /**
   * A count of which nothing is known yet.
   *
   * @param upTo counts up to a limit
   */
  WaitingCount(IntUnaryOperator upTo, InstantSource clock) {
    this.upTo = upTo;
    this.clock = clock;
  }

  /** Makes room for one more; false when there is none below the limit. */
  boolean reserve(int limit) {
    if (isOld() && counting.tryLock()) {
      count(limit);
    }
    if (take(limit)) {
      return true;
    }
    if (limit <= FEW) {
      counting.lock();
      count(limit);
    }
    return take(limit);
  }

  /** The room that was reserved is used, or else free again. */
  synchronized void release(boolean used) {
    reserved--;
    if (used) {
      added++;
    }
  }

  synchronized int waiting() {
    return counted + added + reserved;
  }

  private synchronized boolean isOld() {
    return clock.instant().isAfter(countedAt.plus(FRESH));
  }

  private synchronized boolean take(int limit) {
    boolean room = waiting() < limit;
    if (room) {
      reserved++;
    }
    return room;
  }

  /** Gives up the lock that the caller has taken. */
  private void count(int limit) {
    try {
      int before = added();
      counted(upTo.applyAsInt(limit), before);
    } finally {
      counting.unlock();
    }
  }

  private synchronized int added() {
    return added;
  }

  /** What was added while it was counted may be in the count or not: it is taken for missing. */
  private synchronized void counted(int number, int addedBefore) {
    counted = number;
    added -= addedBefore;
    countedAt = clock.instant();
  }
}

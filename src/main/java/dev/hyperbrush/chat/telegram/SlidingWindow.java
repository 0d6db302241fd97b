package dev.hyperbrush.chat.telegram;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Counts what happened within a time that ends now, so that never more than a limit happens within
 * any such time; a bucket that fills up again would let through twice as much. Owned by one thread.
 */
final class SlidingWindow {
  private final int limit;
  private final Duration length;
  private final Deque<Instant> events = new ArrayDeque<>();

  SlidingWindow(int limit, Duration length) {
    this.limit = limit;
    this.length = length;
  }

  /**
   * When so many more may happen.
   *
   * @param share how many may have happened then, with these; more than the limit is the limit
   */
  Instant freeAt(int count, int share) {
    int most = Math.min(share, limit);
    int before = Math.max(most - count, 0); // what is too much at once waits for an empty window
    if (events.size() <= before) {
      return Instant.MIN;
    }
    return events.stream().skip(events.size() - before - 1L).findFirst().orElseThrow().plus(length);
  }

  void add(int count, Instant now) {
    for (int i = 0; i < count; i++) {
      events.addLast(now);
    }
    forget(now);
  }

  /** Whether nothing within the time is counted. */
  boolean isEmpty(Instant now) {
    forget(now);
    return events.isEmpty();
  }

  private void forget(Instant now) {
    while (!events.isEmpty() && !events.getFirst().plus(length).isAfter(now)) {
      events.removeFirst();
    }
  }
}

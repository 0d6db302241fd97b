package dev.hyperbrush.chat.telegram;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Counts calls within a time that ends now, so that never more than a limit arrive within any such
 * time; a bucket that fills up again would let through twice as many. A call arrives somewhere
 * between its begin and its end, so it counts all the while, and a whole time from its end on.
 * Owned by one thread.
 */
final class SlidingWindow {
  private final int limit;
  private final Duration length;
  private final Deque<Instant> ends = new ArrayDeque<>();
  private int underWay;

  SlidingWindow(int limit, Duration length) {
    this.limit = limit;
    this.length = length;
  }

  /**
   * When so many more may begin; {@link Instant#MAX} when that depends on calls under way.
   *
   * @param share how many may be counted then, with these; more than the limit is the limit
   */
  Instant freeAt(int count, int share) {
    // What is too much at once waits until nothing is counted.
    int others = Math.max(Math.min(share, limit) - count, 0);
    int tooMany = underWay + ends.size() - others;
    if (tooMany <= 0) {
      return Instant.MIN;
    }
    return ends.stream()
        .skip(tooMany - 1L)
        .findFirst()
        .map(end -> end.plus(length))
        .orElse(Instant.MAX);
  }

  void begin(int count) {
    underWay += count;
  }

  void end(int count, Instant now) {
    underWay -= count;
    for (int i = 0; i < count; i++) {
      ends.addLast(now);
    }
    forget(now);
  }

  /** Whether nothing is counted. */
  boolean isEmpty(Instant now) {
    forget(now);
    return underWay == 0 && ends.isEmpty();
  }

  private void forget(Instant now) {
    while (!ends.isEmpty() && !ends.getFirst().plus(length).isAfter(now)) {
      ends.removeFirst();
    }
  }
}

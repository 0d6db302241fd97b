package dev.hyperbrush.install;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A stretch of a file, and how much of it has arrived. Written by the one thread that fetches it,
 * read by all.
 */
final class Segment {
  private final long from;
  private final long to;
  private final AtomicLong next;

  /**
   * @param to the byte behind its last one
   * @param next the first byte that is missing
   */
  Segment(long from, long to, long next) {
    this.from = from;
    this.to = to;
    this.next = new AtomicLong(next);
  }

  long from() {
    return from;
  }

  long to() {
    return to;
  }

  long next() {
    return next.get();
  }

  long done() {
    return next() - from;
  }

  boolean complete() {
    return next() >= to;
  }

  void arrived(int bytes) {
    next.addAndGet(bytes);
  }

  void restart() {
    next.set(from);
  }
}

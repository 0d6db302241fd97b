package dev.hyperbrush.chat.discord;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Keeps the edits of one message in order: how far a job is never comes after how it ended, though
 * both are said by different threads. Thread-safe.
 */
final class EditOrder {
  private static final int STRIPES = 64;

  private final ReentrantLock[] stripes =
      Stream.generate(ReentrantLock::new).limit(STRIPES).toArray(ReentrantLock[]::new);

  /** Something to say meanwhile. */
  @FunctionalInterface
  interface Edit {
    void make() throws IOException, InterruptedException;
  }

  /** Makes an edit that may be left out; it is when another is being made. */
  void progress(long jobId, Edit edit) throws IOException, InterruptedException {
    ReentrantLock stripe = stripe(jobId);
    if (stripe.tryLock()) {
      try {
        edit.make();
      } finally {
        stripe.unlock();
      }
    }
  }

  /** Waits for the edit being made. Those behind it see that the job has ended, and are not. */
  void awaitProgress(long jobId) throws InterruptedException {
    ReentrantLock stripe = stripe(jobId);
    stripe.lockInterruptibly();
    stripe.unlock();
  }

  private ReentrantLock stripe(long jobId) {
    return stripes[Math.floorMod(jobId, STRIPES)];
  }
}

package dev.hyperbrush.install;

import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.io.IOException;

/**
 * Does something that a network may spoil until it works, with waits that grow. Owned by one
 * thread.
 */
final class Tries {
  private static final int MOST_FAILURES = 8;

  private final Waits waits;
  private final Watcher watcher;
  private final Wish wish;
  private int failures;

  /** Something that may fail. */
  @FunctionalInterface
  interface Attempt<T> {
    T run() throws IOException;
  }

  Tries(Waits waits, Watcher watcher, Wish wish) {
    this.waits = waits;
    this.watcher = watcher;
    this.wish = wish;
  }

  /**
   * @throws ChangedAtSource at once, as is {@link DiskFailure}
   * @throws Refusal when it fails again and again
   */
  <T> T run(Attempt<T> attempt) throws IOException, InterruptedException {
    while (true) {
      try {
        return attempt.run();
      } catch (ChangedAtSource | DiskFailure e) {
        throw e;
      } catch (IOException e) {
        failed(e);
      }
    }
  }

  /** It went on: what failed before does not count any more. */
  void progressed() {
    failures = 0;
  }

  private void failed(IOException e) throws InterruptedException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedException(); // another part of the file has failed for good
    }
    failures++;
    if (failures > MOST_FAILURES) {
      throw new Refusal(Phrase.of(ReasonCode.DOWNLOAD_FAILED, wish.address(), Download.why(e)), e);
    }
    watcher.notice(
        wish.name()
            + ": "
            + Download.why(e)
            + "; trying again ("
            + failures
            + " of "
            + MOST_FAILURES
            + ").");
    waits.after(failures, Busy.retryAfter(e));
  }
}

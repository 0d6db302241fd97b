package dev.hyperbrush.delivery;

import java.io.IOException;

/**
 * Shows how far jobs are in the messages that will become their pictures; every adapter that has
 * such messages implements it. Thread-safe. What is shown is of no use a moment later: a failure is
 * not made good, and nothing is thrown for a platform that asks to wait.
 */
@FunctionalInterface
public interface ProgressBoard {
  /** Edits the message. On a virtual thread, one at a time for each job, and none after its end. */
  void show(Progress progress) throws IOException, InterruptedException;
}

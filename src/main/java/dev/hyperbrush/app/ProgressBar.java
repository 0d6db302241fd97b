package dev.hyperbrush.app;

import dev.hyperbrush.generation.ProgressListener;
import dev.hyperbrush.generation.StepProgress;
import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;

/**
 * How far a picture is, as one line of a terminal that is drawn over itself; where output goes to a
 * file, nothing is drawn. Owned by one thread.
 */
final class ProgressBar implements ProgressListener {
  private static final int WIDTH = 24;

  private final PrintWriter out;
  private final boolean terminal;

  ProgressBar(PrintWriter out) {
    this.out = out;
    this.terminal = Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }

  @Override
  public void onStep(StepProgress progress) {
    int done = WIDTH * progress.step() / progress.steps();
    show(
        "█".repeat(done)
            + "░".repeat(WIDTH - done)
            + " step "
            + progress.step()
            + " of "
            + progress.steps());
  }

  /** Shows a line in the bar's place. */
  void show(String text) {
    if (terminal) {
      out.print("\r\u001B[K" + text);
      out.flush();
    }
  }

  /** Removes the bar. */
  void clear() {
    show("");
  }
}

package dev.hyperbrush.app;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.utils.Signals;

/**
 * Waits until the program is told to stop: by Ctrl-C or {@code kill}, or, when it was started so,
 * by the end of its parent. Under Maven the program is a child, and {@code kill} on Maven alone
 * would leave it running.
 *
 * <p>Not a shutdown hook: those run all at once, and one of ONNX Runtime takes its library away
 * while a picture may still be drawn. Here the main thread stops everything in order, then exits.
 * Thread-safe.
 */
final class StopRequest {
  private static final int KILLED_BY_USER = 130;

  private final CountDownLatch requested = new CountDownLatch(1);
  private final AtomicBoolean pressed = new AtomicBoolean();

  private StopRequest() {}

  /** Listens from now on. */
  static StopRequest listen() {
    StopRequest stop = new StopRequest();
    Signals.register("INT", stop::interrupted);
    Signals.register("TERM", stop::request);
    if (Boolean.getBoolean("hyperbrush.exitWithParent")) {
      ProcessHandle.current()
          .parent()
          .ifPresent(parent -> {
            var _ = parent.onExit().thenRun(stop::request);
          });
    }
    return stop;
  }

  private void request() {
    requested.countDown();
  }

  /** Who presses Ctrl-C again does not want to wait. */
  private void interrupted() {
    if (pressed.getAndSet(true)) {
      Runtime.getRuntime().halt(KILLED_BY_USER);
    }
    request();
  }

  void await() throws InterruptedException {
    requested.await();
  }
}

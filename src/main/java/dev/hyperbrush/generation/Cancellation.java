package dev.hyperbrush.generation;

import java.util.ArrayList;
import java.util.List;

/**
 * A request to stop that whoever draws looks at between steps, and may be woken by within one.
 *
 * <p>Thread-safe. Once asked for, it stays asked for.
 */
public final class Cancellation {
  private final List<Runnable> actions = new ArrayList<>();
  private volatile boolean requested;

  /** Never asked for; for callers that cannot be interrupted. */
  public static Cancellation none() {
    return new Cancellation();
  }

  /** Asks; runs every registered action on the calling thread, once. */
  public void request() {
    List<Runnable> toRun;
    synchronized (actions) {
      requested = true;
      toRun = List.copyOf(actions);
      actions.clear();
    }
    toRun.forEach(Runnable::run);
  }

  public boolean isRequested() {
    return requested;
  }

  /** Stops here when asked for. */
  public void throwIfRequested() {
    if (requested) {
      throw new CancelledException();
    }
  }

  /** Runs {@code action} when asked for, at once if that has happened; close to unregister. */
  public Registration onRequest(Runnable action) {
    synchronized (actions) {
      if (!requested) {
        actions.add(action);
        return () -> {
          synchronized (actions) {
            actions.remove(action);
          }
        };
      }
    }
    action.run();
    return () -> {};
  }

  /** Ends a registration. */
  @FunctionalInterface
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}

package dev.hyperbrush.fakediscord;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What goes wrong, as a test has planned it: by route, such as {@code POST
 * /channels/{channel}/messages}, or {@code *} for all. Thread-safe.
 */
public final class Faults {
  private static final int EVER = Integer.MAX_VALUE;

  private final List<Planned> planned = new ArrayList<>();

  private static final class Planned {
    final String route;
    final Fault fault;
    int left;

    Planned(String route, int left, Fault fault) {
      this.route = route;
      this.left = left;
      this.fault = fault;
    }
  }

  /** The next requests of this route meet this. */
  public synchronized void next(String route, int times, Fault fault) {
    planned.add(new Planned(route, times, fault));
  }

  /** All requests of this route meet this until {@link #clear}. */
  public void always(String route, Fault fault) {
    next(route, EVER, fault);
  }

  /** All is well from now on. */
  public synchronized void clear() {
    planned.clear();
  }

  synchronized Optional<Fault> take(String route) {
    for (Planned one : planned) {
      if (one.left > 0 && (one.route.equals("*") || one.route.equals(route))) {
        one.left--;
        return Optional.of(one.fault);
      }
    }
    return Optional.empty();
  }
}

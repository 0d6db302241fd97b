package dev.hyperbrush.pipeline;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The networks of all models that are open now, within a budget of memory: what was not used for
 * longest is closed first. So models stay warm where there is room for several, and where there is
 * not even room for one, its text encoders, UNet and VAE take turns. Owned by one thread.
 */
final class OpenNetworks {
  private final MemoryBudget budget;

  /** The one not used for longest first. */
  private final SequencedSet<Held<?>> open = new LinkedHashSet<>();

  OpenNetworks(MemoryBudget budget) {
    this.budget = budget;
  }

  /** A network that is not open yet. */
  <T> Held<T> held(Object model, long bytes, Supplier<T> opener, Consumer<T> closer) {
    return new Held<>(this, model, bytes, opener, closer);
  }

  /** Closes others until there is room, or nothing left to close. */
  void makeRoomFor(Held<?> network) {
    if (!budget.severalModels()) {
      open.stream()
          .filter(other -> !other.model().equals(network.model()))
          .toList()
          .forEach(Held::close);
    }
    while (!open.isEmpty() && !budget.holds(bytes() + network.bytes())) {
      open.getFirst().close();
    }
  }

  /** Closes all, for something that takes more memory than usual. */
  void closeAll() {
    List.copyOf(open).forEach(Held::close);
  }

  void used(Held<?> network) {
    open.remove(network);
    open.add(network);
  }

  void closed(Held<?> network) {
    open.remove(network);
  }

  private long bytes() {
    return open.stream().mapToLong(Held::bytes).sum();
  }
}

package dev.hyperbrush.pipeline;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A network that is opened when it is needed, and may be closed whenever nobody is calling it.
 * Owned by one thread.
 *
 * @param <T> what it is when it is open
 */
final class Held<T> {
  private final OpenNetworks among;
  private final Object model;
  private final long bytes;
  private final Supplier<T> opener;
  private final Consumer<T> closer;
  private Optional<T> network = Optional.empty();

  /** Made by {@link OpenNetworks}. */
  Held(OpenNetworks among, Object model, long bytes, Supplier<T> opener, Consumer<T> closer) {
    this.among = among;
    this.model = model;
    this.bytes = bytes;
    this.opener = opener;
    this.closer = closer;
  }

  /** The model that it is of. */
  Object model() {
    return model;
  }

  /** About how much memory it takes. */
  long bytes() {
    return bytes;
  }

  boolean isOpen() {
    return network.isPresent();
  }

  /** The open network: others may be closed to make room for it. */
  T get() {
    if (network.isEmpty()) {
      among.makeRoomFor(this);
      network = Optional.of(opener.get());
    }
    among.used(this);
    return network.get();
  }

  /** Gives its memory back; {@link #get} opens it anew. */
  void close() {
    among.closed(this);
    Optional<T> closing = network;
    network = Optional.empty();
    closing.ifPresent(closer);
  }
}

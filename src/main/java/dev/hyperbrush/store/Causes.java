package dev.hyperbrush.store;

import java.util.Optional;
import java.util.stream.Stream;

/** Looks behind exceptions that libraries wrap around others. */
final class Causes {
  static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst();
  }

  private Causes() {}
}

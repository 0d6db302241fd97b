package dev.hyperbrush.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was said to a verb, taken apart and read. Filled by {@link CommandLine}, then only read; not
 * thread-safe.
 */
final class Arguments {
  private final Map<String, List<Object>> values = new LinkedHashMap<>();
  private String text = "";

  /** The text behind the verb without the flags, empty when there was none. */
  String text() {
    return text;
  }

  void setText(String text) {
    this.text = text;
  }

  /** The last value given. */
  <T> Optional<T> get(Option<T> option) {
    List<T> all = all(option);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }

  /** Every value given, in order. */
  @SuppressWarnings("unchecked") // add() is the only writer and takes what the option's kind reads
  <T> List<T> all(Option<T> option) {
    return (List<T>) List.copyOf(values.getOrDefault(option.name(), List.of()));
  }

  <T> void add(Option<T> option, T value) {
    // Taken out and put back, so that the map's order is that of the last mention.
    List<Object> all = values.remove(option.name());
    if (all == null || !option.repeatable()) {
      all = new ArrayList<>();
    }
    all.add(value);
    values.put(option.name(), all);
  }

  /** Drops what was said before, for a source that wins. */
  void forget(Option<?> option) {
    values.remove(option.name());
  }

  /** Names of the options given, in order of their last mention. */
  List<String> mentioned() {
    return List.copyOf(values.keySet());
  }
}

package dev.hyperbrush.command;

import dev.hyperbrush.store.HistoryFilter;
import java.util.Locale;
import java.util.Optional;

/**
 * A page of the history, as somebody asks for it. Immutable.
 *
 * @param before only jobs with a smaller number
 * @param after only jobs with a larger number, the nearest; wins over {@code before}
 */
record HistorySearch(HistoryFilter filter, Optional<Long> before, Optional<Long> after) {
  /** The newest favourites. */
  static HistorySearch favourites(String words) {
    HistoryFilter filter =
        new HistoryFilter(
            words, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), true);
    return new HistorySearch(filter, Optional.empty(), Optional.empty());
  }

  HistorySearch olderThan(long id) {
    return new HistorySearch(filter, Optional.of(id), Optional.empty());
  }

  HistorySearch newerThan(long id) {
    return new HistorySearch(filter, Optional.empty(), Optional.of(id));
  }

  /** Whether it is a page of everything. */
  boolean isPlain() {
    return filter.equals(HistoryFilter.NONE);
  }

  /** What to type behind the verb for this page; moments are exact, so that it stays the same. */
  String line() {
    StringBuilder line = new StringBuilder();
    if (!filter.words().isEmpty()) {
      line.append(words(filter.words()));
    }
    filter.model().ifPresent(model -> flag(line, "model", Words.quote(model)));
    filter.since().ifPresent(since -> flag(line, "since", since.toString()));
    filter.until().ifPresent(until -> flag(line, "until", until.toString()));
    filter.state().ifPresent(state -> flag(line, "state", state.name().toLowerCase(Locale.ROOT)));
    if (filter.favourites()) {
      flag(line, "favourites", "");
    }
    before.filter(any -> after.isEmpty()).ifPresent(id -> flag(line, "before", id.toString()));
    after.ifPresent(id -> flag(line, "after", id.toString()));
    return line.toString().strip();
  }

  /** Quoted where something in them would be taken for more. */
  private static String words(String words) {
    boolean plain = !Words.hasQuotes(words) && words.chars().noneMatch(Dashes::isDash);
    return plain ? words : Words.quote(words);
  }

  private static void flag(StringBuilder line, String option, String value) {
    line.append(" --").append(option).append(' ').append(value);
    if (value.isEmpty()) {
      line.setLength(line.length() - 1);
    }
  }
}

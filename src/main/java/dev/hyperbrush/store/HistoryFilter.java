package dev.hyperbrush.store;

import java.time.Instant;
import java.util.Optional;

/**
 * Which jobs of a person are looked for; all conditions hold at once. Immutable.
 *
 * @param words that must all be in the prompt, in any case; blank for any prompt
 * @param model exact id
 * @param since the first moment that counts
 * @param until the first moment that counts no more
 * @param favourites only jobs with a favourite picture
 */
public record HistoryFilter(
    String words,
    Optional<String> model,
    Optional<Instant> since,
    Optional<Instant> until,
    Optional<JobState> state,
    boolean favourites) {
  /** Everything. */
  public static final HistoryFilter NONE = words("");

  /** Only by words of the prompt. */
  public static HistoryFilter words(String words) {
    return new HistoryFilter(
        words, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);
  }
}

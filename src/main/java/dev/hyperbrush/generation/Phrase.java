package dev.hyperbrush.generation;

import java.util.Arrays;
import java.util.List;

/**
 * Something to say to a person: a stable code and the values to fill in. Surfaces translate it,
 * times of day and spans of time in the values too, which the code names by {@link
 * ReasonCode#form}.
 *
 * <p>Immutable.
 */
public record Phrase(ReasonCode code, List<String> args) {
  public Phrase {
    args = List.copyOf(args);
  }

  public static Phrase of(ReasonCode code, Object... args) {
    return new Phrase(code, Arrays.stream(args).map(String::valueOf).toList());
  }

  /**
   * The sentence in English with its values as they are, for logs and where no translation exists.
   */
  public String english() {
    return String.format(code.english(), args.toArray());
  }
}

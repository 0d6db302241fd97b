package dev.hyperbrush.command;

/**
 * What a job was drawn from, as fields that somebody can change, for the options of {@code /remix}.
 * Immutable.
 *
 * @param prompt as it is, and not as it would be typed
 * @param negative what to avoid, likewise
 * @param settings all others, as flags
 */
public record JobForm(String prompt, String negative, String settings) {
  /** What to avoid, when it is nothing any more: without a word it stays as it was. */
  public static final String NOTHING = "-";
}

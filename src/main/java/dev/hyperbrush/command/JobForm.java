package dev.hyperbrush.command;

/**
 * What a job was drawn from, as fields that somebody can change: behind a verb that reads the
 * options of {@code /imagine} they give the same request again. Immutable.
 *
 * @param prompt as it is typed
 * @param negative what to avoid, as it is, for the option of that
 * @param settings all others, as flags
 */
public record JobForm(String prompt, String negative, String settings) {
  /** What to avoid, when it is nothing any more: without a word it stays as it was. */
  public static final String NOTHING = "-";
}

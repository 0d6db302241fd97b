package dev.hyperbrush.policy;

/**
 * What a content rule does. The names, in lower case, are what people write and the database holds.
 */
public enum RuleAction {
  /** Nothing is drawn. */
  BLOCK,
  /** Drawn only where there are adults only. */
  AGE,
  /** A moderator looks at it first. */
  HOLD,
  /** The picture is covered until somebody wants to see it. */
  SPOILER,
  /** Goes on without the words. */
  STRIP,
  /** Goes on with other words in their place. */
  REPLACE;

  /** Whether it changes the prompt. */
  public boolean edits() {
    return this == STRIP || this == REPLACE;
  }
}

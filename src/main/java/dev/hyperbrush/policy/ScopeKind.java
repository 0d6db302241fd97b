package dev.hyperbrush.policy;

/** Where a setting can come from, from the widest to the narrowest. */
public enum ScopeKind {
  /** What the model's makers recommend. */
  MODEL,
  /** The configuration file of whoever runs the program. */
  OPERATOR,
  /** What whoever runs the program has set in chat, for all places. */
  EVERYWHERE,
  SERVER,
  CHANNEL,
  ROLE,
  PERSON,
  PRESET,
  COMMAND;

  /** Whether whoever runs the program decides here, whom nobody exceeds. */
  boolean isOperators() {
    return this == OPERATOR || this == EVERYWHERE;
  }

  /** Whether somebody asked for it with the command itself. */
  boolean isAsked() {
    return compareTo(PRESET) >= 0;
  }
}

package dev.hyperbrush.policy;

/** Who may use a verb. Each includes those before it. */
public enum Permission {
  EVERYBODY,
  /** Whoever keeps order on the server or in the group where the verb is used. */
  MODERATOR,
  /** Whoever runs the program. */
  OPERATOR
}

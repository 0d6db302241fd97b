package dev.hyperbrush.policy;

/** A value and where it comes from. Immutable. */
public record Found<T>(T value, Scope scope) {
  /** Whether somebody asked for it with the command itself. */
  boolean asked() {
    return scope.kind().isAsked();
  }
}

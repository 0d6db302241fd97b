package dev.hyperbrush.policy;

/** A scope and what is set in it. Immutable. */
public record Layer(Scope scope, SettingValues values) {}

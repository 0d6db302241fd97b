package dev.hyperbrush.store;

/** A job that waits for a moderator, and why. Immutable. */
public record HeldJob(Job job, Hold hold) {}

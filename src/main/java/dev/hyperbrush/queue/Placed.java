package dev.hyperbrush.queue;

/** A waiting job and its place. Immutable. */
public record Placed(long jobId, Place place) {}

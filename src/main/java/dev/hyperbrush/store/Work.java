package dev.hyperbrush.store;

/**
 * What fair order needs to know of a job. Immutable.
 *
 * @param cost pixel-steps
 * @param weight share of the work that its person has while others wait too
 */
public record Work(long cost, double weight) {}

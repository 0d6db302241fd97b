package dev.hyperbrush.scheduler;

/**
 * A way down along the noise levels, for noise that belongs to where it is drawn rather than to
 * when.
 *
 * @param from the higher level
 * @param to the lower level
 * @param highest level of the run
 * @param lowest level of the run above 0
 */
public record NoiseSpan(float from, float to, float highest, float lowest) {}

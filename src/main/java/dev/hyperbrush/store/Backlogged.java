package dev.hyperbrush.store;

import java.util.Optional;

/**
 * Somebody whose jobs wait or are drawn. Immutable.
 *
 * @param name one of those that they go by; empty for somebody who is being forgotten
 * @param work of all these jobs, in pixel-steps
 * @param weight of their heaviest job
 * @param share of the work that is theirs while all of these people wait, 1 for all of it
 */
public record Backlogged(Optional<String> name, int jobs, long work, double weight, double share) {}

package dev.hyperbrush.store;

/**
 * How far the queue is, in pixel-steps of a person with weight 1.
 *
 * @param now where the jobs of somebody start who has asked for nothing lately
 * @param lastFinish the largest finish tag of all jobs that were ever claimed
 */
public record VirtualTime(long now, long lastFinish) {}

package dev.hyperbrush.store;

/**
 * A place that the end of a job can be told at, in its platform's own words. Immutable.
 *
 * @param lane posts of the same lane are made one after another, in the order in which their jobs
 *     ended; usually the channel
 * @param address what the adapter needs to post there, which only it understands
 */
public record Destination(String lane, String address) {}

package dev.hyperbrush.delivery;

import dev.hyperbrush.queue.Place;
import dev.hyperbrush.store.Job;
import java.util.Locale;

/**
 * How far a job is that has not ended, to be said where its picture will be. Immutable.
 *
 * @param address of the message, in the adapter's own words: the first destination of its route
 * @param language of the person
 * @param place in the queue; {@link Place#NONE} once it is drawn
 * @param step steps done, 0 to {@code steps}
 */
public record Progress(
    Job job, String address, Locale language, Place place, int step, int steps) {}

package dev.hyperbrush.delivery;

import dev.hyperbrush.queue.Place;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.Route;
import java.util.Locale;

/**
 * How far a job is that has not ended, to be said where its picture will be. Immutable.
 *
 * @param route of its end; not without destinations
 * @param place in the queue; {@link Place#NONE} once it is drawn
 * @param step steps done, 0 to {@code steps}
 */
public record Progress(Job job, Route route, Place place, int step, int steps) {
  /** Where the message is, in the adapter's own words. */
  public String address() {
    return route.ladder().getFirst().address();
  }

  /** Of the person. */
  public Locale language() {
    return Locale.forLanguageTag(route.language());
  }
}

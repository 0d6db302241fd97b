package dev.hyperbrush.delivery;

import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.Picture;
import java.util.List;
import java.util.Locale;

/**
 * How a job ended, to be told at one destination. Immutable.
 *
 * @param pictures when it is done
 * @param address where to, in the adapter's own words
 * @param language of the person
 * @param known whether the person has cancelled it themselves, so that only what was posted about
 *     it before needs to be brought up to date
 * @param nonce the same for every attempt at this destination and for nothing else, at most 25
 *     characters
 */
public record Post(
    Job job, List<Picture> pictures, String address, Locale language, boolean known, String nonce) {
  public Post {
    pictures = List.copyOf(pictures);
  }
}

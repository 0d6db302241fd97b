package dev.hyperbrush.chat;

import dev.hyperbrush.store.Destination;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Who uses a verb or presses a button, where, and in which language they are answered. Immutable.
 *
 * @param ladder where the end of what they ask for is told, in the order to try; without any, they
 *     have to ask for it
 * @param request what the platform numbers this, where it may hand in the same twice: no number
 *     makes a second job
 */
public record Caller(
    Person person,
    Place place,
    Standing standing,
    Locale locale,
    List<Destination> ladder,
    Optional<String> request) {
  public Caller {
    ladder = List.copyOf(ladder);
  }

  /** Somebody who has to ask for what became of what they asked for. */
  public Caller(Person person, Place place, Standing standing, Locale locale) {
    this(person, place, standing, locale, List.of(), Optional.empty());
  }

  /** The same, answered in another language. */
  public Caller in(Locale language) {
    return new Caller(person, place, standing, language, ladder, request);
  }
}

package dev.hyperbrush.chat;

import dev.hyperbrush.store.Destination;
import java.util.List;
import java.util.Locale;

/**
 * Who uses a verb or presses a button, where, and in which language they are answered. Immutable.
 *
 * @param ladder where the end of what they ask for is told, in the order to try; without any, they
 *     have to ask for it
 */
public record Caller(
    Person person, Place place, Standing standing, Locale locale, List<Destination> ladder) {
  public Caller {
    ladder = List.copyOf(ladder);
  }

  /** Somebody who has to ask for what became of what they asked for. */
  public Caller(Person person, Place place, Standing standing, Locale locale) {
    this(person, place, standing, locale, List.of());
  }

  /** The same, answered in another language. */
  public Caller in(Locale language) {
    return new Caller(person, place, standing, language, ladder);
  }
}

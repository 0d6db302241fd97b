package dev.hyperbrush.chat;

import java.util.Locale;
import java.util.Map;

/**
 * Somebody used a verb.
 *
 * @param verb without the slash, for example {@code imagine}
 * @param text everything behind the verb as it was typed, flags included; empty when the platform
 *     split it into options
 * @param options what the platform has already taken apart, by option name; wins over flags in
 *     {@code text}
 */
public record Invocation(
    Person person,
    Place place,
    Locale locale,
    String verb,
    String text,
    Map<String, String> options) {
  public Invocation {
    options = Map.copyOf(options);
  }
}

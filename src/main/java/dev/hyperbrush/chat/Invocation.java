package dev.hyperbrush.chat;

import java.util.Map;

/**
 * Somebody used a verb.
 *
 * @param verb without the slash, for example {@code imagine}; of a verb of two words either both or
 *     the first one, with the second at the beginning of the text
 * @param text everything behind the verb as it was typed, flags included; empty when the platform
 *     split it into options
 * @param options what the platform has already taken apart, by option name; wins over flags in
 *     {@code text}
 */
public record Invocation(Caller caller, String verb, String text, Map<String, String> options) {
  public Invocation {
    options = Map.copyOf(options);
  }

  /** The same, said by somebody of whom more is known. */
  public Invocation by(Caller known) {
    return new Invocation(known, verb, text, options);
  }
}

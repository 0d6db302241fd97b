package dev.hyperbrush.policy;

import java.util.List;

/**
 * A rule that fired. Immutable.
 *
 * @param part in which prompt
 * @param places where in it, at least one
 * @param found what stands at the first of them
 */
public record Firing(ContentRule rule, RulePart part, List<Span> places, String found) {
  public Firing {
    places = List.copyOf(places);
  }

  /** What was found as the rule reads it, without its disguise. */
  public String read() {
    return FoldedText.readings(found, false).getFirst().whole().text();
  }
}

package dev.hyperbrush.policy;

import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.Phrase;
import java.util.List;
import java.util.Optional;

/**
 * What the content rules make of a request. Immutable.
 *
 * @param request as it may be drawn
 * @param refusal why it may not be drawn at all
 * @param held the rule for which a moderator looks at it first
 * @param notices what was changed
 * @param firings every rule that fired, in the order in which rules count
 */
public record Judgement(
    GenerationRequest request,
    Optional<Phrase> refusal,
    Optional<ContentRule> held,
    boolean spoiler,
    List<Phrase> notices,
    List<Firing> firings) {
  public Judgement {
    notices = List.copyOf(notices);
    firings = List.copyOf(firings);
  }

  /** What no rule has to say anything about. */
  static Judgement untouched(GenerationRequest request) {
    return new Judgement(request, Optional.empty(), Optional.empty(), false, List.of(), List.of());
  }
}

package dev.hyperbrush.policy;

import dev.hyperbrush.store.Realm;
import java.util.Optional;
import java.util.Set;

/**
 * A rule about the words of prompts. Immutable.
 *
 * @param id the number that people call it by, the same when it was removed and put back; 0 as long
 *     as it is not stored
 */
public record ContentRule(long id, Bounds bounds, Term term, Effect effect) {
  /**
   * For whom and where a rule holds.
   *
   * @param realm whose rule it is
   * @param channel the only one; empty for all
   * @param role the only one; empty for everybody
   */
  public record Bounds(
      Realm realm, Optional<String> channel, Optional<String> role, Exceptions exceptions) {}

  /**
   * For whom and where a rule does not hold after all.
   *
   * @param people as {@code platform:id}
   */
  public record Exceptions(Set<String> channels, Set<String> roles, Set<String> people) {
    public static final Exceptions NONE = new Exceptions(Set.of(), Set.of(), Set.of());

    public Exceptions {
      channels = Set.copyOf(channels);
      roles = Set.copyOf(roles);
      people = Set.copyOf(people);
    }
  }

  /** What a rule looks for, and where. */
  public record Term(RuleKind kind, String pattern, RuleReading reading, RulePart part) {}

  /**
   * What a rule does.
   *
   * @param replacement for {@link RuleAction#REPLACE}, else empty
   * @param reason for the person, empty when none was given
   */
  public record Effect(RuleAction action, String replacement, String reason) {}

  public ContentRule withId(long stored) {
    return new ContentRule(stored, bounds, term, effect);
  }
}

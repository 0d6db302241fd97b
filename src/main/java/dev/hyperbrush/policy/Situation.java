package dev.hyperbrush.policy;

import dev.hyperbrush.store.Origin;
import java.util.Set;

/**
 * Who asks where, as far as decisions depend on it. Immutable.
 *
 * @param personId the same on every platform
 * @param roles ids of the roles that the person has on the server
 * @param permission the most that the person may do here
 * @param ageRestricted whether the place is only for adults
 */
public record Situation(
    long personId, Origin origin, Set<String> roles, Permission permission, boolean ageRestricted) {
  public Situation {
    roles = Set.copyOf(roles);
  }

  /** Whether the person may do what needs {@code needed}. */
  public boolean may(Permission needed) {
    return permission.compareTo(needed) >= 0;
  }
}

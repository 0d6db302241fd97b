package dev.hyperbrush.chat;

import dev.hyperbrush.policy.Permission;
import java.util.Set;

/**
 * What the platform says about a person in a place. Immutable.
 *
 * @param roles ids of the roles that the person has on the server
 * @param permission what the platform's own rights amount to; config may raise it
 */
public record Standing(Set<String> roles, Permission permission) {
  /** Nobody special. */
  public static final Standing MEMBER = new Standing(Set.of(), Permission.EVERYBODY);

  public Standing {
    roles = Set.copyOf(roles);
  }
}

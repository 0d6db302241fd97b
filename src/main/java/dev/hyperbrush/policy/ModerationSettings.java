package dev.hyperbrush.policy;

import dev.hyperbrush.store.Origin;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/**
 * Whom the configuration makes a moderator or an operator, beyond what the platforms say.
 * Immutable.
 *
 * @param operators identities such as {@code discord:123}
 * @param roles ids of the roles whose people are moderators, by server such as {@code discord:456}
 */
public record ModerationSettings(Set<String> operators, Map<String, Set<String>> roles) {
  /** Nobody beyond what the platforms say. */
  public static final ModerationSettings NONE = new ModerationSettings(Set.of(), Map.of());

  public ModerationSettings {
    operators = Set.copyOf(operators);
    roles = Map.copyOf(roles);
  }

  public boolean isOperator(String platform, String platformId) {
    return operators.contains(platform + ":" + platformId);
  }

  /** The higher of what the platform says and what is configured. */
  public Permission permission(
      Permission platform, String platformId, Origin origin, Set<String> held) {
    if (isOperator(origin.platform(), platformId)) {
      return Permission.OPERATOR;
    }
    boolean moderator = !Collections.disjoint(moderators(origin), held);
    return moderator && platform == Permission.EVERYBODY ? Permission.MODERATOR : platform;
  }

  private Set<String> moderators(Origin origin) {
    return origin
        .server()
        .map(server -> roles.getOrDefault(origin.platform() + ":" + server, Set.of()))
        .orElse(Set.of());
  }
}

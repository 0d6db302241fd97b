package dev.hyperbrush.store;

/**
 * A person as one platform knows them. Immutable.
 *
 * @param name as they were called last
 */
public record KnownPerson(long personId, String platform, String platformId, String name) {
  /** As {@code platform:id}. */
  public String identity() {
    return platform + ":" + platformId;
  }
}

package dev.hyperbrush.store;

/**
 * Where a decision of a moderator holds: one server, or everywhere. Immutable.
 *
 * @param platform empty for everywhere
 * @param server empty for everywhere
 */
public record Realm(String platform, String server) {
  /** Every server, and wherever there is none. */
  public static final Realm EVERYWHERE = new Realm("", "");

  /** The server around a place; everywhere when there is none. */
  public static Realm around(Origin origin) {
    return origin.server().map(id -> new Realm(origin.platform(), id)).orElse(EVERYWHERE);
  }

  public boolean isEverywhere() {
    return equals(EVERYWHERE);
  }
}

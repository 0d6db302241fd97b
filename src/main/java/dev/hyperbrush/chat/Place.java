package dev.hyperbrush.chat;

import java.util.Optional;

/**
 * Where somebody asks, and so where the answer goes.
 *
 * @param channel unique within the platform
 * @param server the server or group around the channel, if any
 * @param ageRestricted whether the place is only for adults
 */
public record Place(
    String platform, String channel, Optional<String> server, boolean ageRestricted) {
  /** A place for everybody. */
  public static Place of(String platform, String channel, Optional<String> server) {
    return new Place(platform, channel, server, false);
  }
}

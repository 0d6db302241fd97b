package dev.hyperbrush.store;

import java.util.Optional;

/**
 * Where a picture was asked for.
 *
 * @param platform {@code web}, {@code discord} or {@code telegram}
 * @param channel unique within the platform
 * @param server the server or group around the channel, if any
 */
public record Origin(String platform, String channel, Optional<String> server) {}

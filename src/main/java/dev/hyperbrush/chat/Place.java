package dev.hyperbrush.chat;

import java.util.Optional;

/**
 * Where somebody asks, and so where the answer goes.
 *
 * @param channel unique within the platform
 * @param server the server or group around the channel, if any
 */
public record Place(String platform, String channel, Optional<String> server) {}

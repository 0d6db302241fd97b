package dev.hyperbrush.chat;

/**
 * Who asks, as a platform names them.
 *
 * @param platform {@code web}, {@code discord} or {@code telegram}
 * @param platformId unique within the platform
 * @param displayName to show, not to decide by
 */
public record Person(String platform, String platformId, String displayName) {}

package dev.hyperbrush.store;

/**
 * Who a person is on one platform. Immutable.
 *
 * @param platformId unique within the platform
 * @param displayName as they were called last
 */
public record Identity(String platform, String platformId, String displayName) {}

package dev.hyperbrush.store;

/**
 * Who changes something, and whose affair it is.
 *
 * @param place the scope whose people may see the change and take it back, for example {@code
 *     server:discord/12}
 */
public record Author(long personId, String place) {}

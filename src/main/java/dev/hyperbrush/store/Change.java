package dev.hyperbrush.store;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that somebody changed. Immutable.
 *
 * @param who the name of the person where they were seen last; empty when they are forgotten
 * @param place the scope whose people may see it
 * @param kind of the thing that was changed, for example {@code setting}
 * @param key which of its kind
 * @param before its content before; empty when there was none
 * @param after its content since; empty when it was removed
 * @param undoes the change that this one takes back
 */
public record Change(
    long id,
    Instant at,
    long personId,
    String who,
    String place,
    String kind,
    String key,
    Optional<String> before,
    Optional<String> after,
    Optional<Long> undoes) {}

package dev.hyperbrush.store;

import java.util.Optional;

/**
 * Something a moderator did. Immutable.
 *
 * @param realm where it holds
 * @param actor person who did it
 * @param actorName as they were called then
 * @param person whom it was done to
 * @param subject which rule, picture or setting, or the name of the person
 * @param reason empty when none was given
 */
public record AuditEntry(
    Realm realm,
    long actor,
    String actorName,
    AuditAction action,
    Optional<Long> person,
    String subject,
    String reason) {}

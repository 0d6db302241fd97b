package dev.hyperbrush.store;

import java.time.Instant;
import java.util.Optional;

/**
 * Somebody may not draw. Immutable.
 *
 * @param id 0 as long as it is not stored
 * @param realm where
 * @param personId who it was when it was decided
 * @param personName as they were called then
 * @param reason empty when none was given
 * @param createdBy who decided it
 * @param endsAt empty when somebody has to lift it
 */
public record Ban(
    long id,
    Realm realm,
    long personId,
    String personName,
    BanKind kind,
    String reason,
    long createdBy,
    Optional<Instant> endsAt) {}

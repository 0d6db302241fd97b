package dev.hyperbrush.store;

import java.time.Instant;
import java.util.Optional;

/**
 * A running job whose worker may be gone, as it was when it was read.
 *
 * @param owner whose lease it is, and until when; both are empty for jobs of older versions
 * @param attempts tries before this one that came to nothing
 * @param deaths how many of these ended with their process
 */
public record LostTry(
    long jobId,
    Optional<String> owner,
    Optional<Instant> leaseUntil,
    Instant startedAt,
    int attempts,
    int deaths) {}

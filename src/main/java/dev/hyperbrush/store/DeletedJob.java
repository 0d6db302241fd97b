package dev.hyperbrush.store;

import java.time.Instant;

/** What is left of a job that was deleted: whose it was, where, and when it went. Immutable. */
public record DeletedJob(long id, long personId, Origin origin, Instant deletedAt) {}

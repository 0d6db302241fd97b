package dev.hyperbrush.store;

import java.time.Instant;

/**
 * The right to draw a claimed job.
 *
 * @param owner names a worker, differently in each life of its process
 * @param until when others may take the job, unless it was renewed
 */
public record Lease(String owner, Instant until) {}
